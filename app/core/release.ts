import { readFileSync } from 'node:fs'

interface Manifest {
  version: string
}

/** The version that package.json names; it stands beside the code, compiled or not. */
export const VERSION = (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as Manifest)
  .version
