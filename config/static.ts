import { sep } from 'node:path'
import { defineConfig } from '@adonisjs/static'

/*
 * The app's files. What the build names by a digest of its content never changes; all else is asked for again, so that a
 * new release is seen at the next visit. Nor do they differ by language: a browser that keeps them would not find them
 * again for a request that asks for another.
 */
const staticConfig = defineConfig({
  enabled: true,
  etag: true,
  lastModified: false,
  dotFiles: 'ignore',
  headers: (path: string) => ({
    'Vary': 'Accept-Encoding',
    'Cache-Control': path.includes(`${sep}assets${sep}`) ? 'public, max-age=31536000, immutable' : 'no-cache',
  }),
})

export default staticConfig
