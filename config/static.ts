import { sep } from 'node:path'
import { defineConfig } from '@adonisjs/static'

/*
 * The app's files. What the build names by a digest of its content never changes; all else is asked for again, so that a
 * new release is seen at the next visit.
 */
const staticConfig = defineConfig({
  enabled: true,
  etag: true,
  lastModified: false,
  dotFiles: 'ignore',
  headers: (path: string) => ({
    'Cache-Control': path.includes(`${sep}assets${sep}`) ? 'public, max-age=31536000, immutable' : 'no-cache',
  }),
})

export default staticConfig
