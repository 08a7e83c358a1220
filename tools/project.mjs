import { existsSync, realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)))

/** Whether the module at `url` was started as the program, rather than imported. */
export function isMain(url) {
  const [, program] = process.argv
  // After `node -e` it is the first argument, and no program.
  return program !== undefined && existsSync(program) && realpathSync(program) === fileURLToPath(url)
}
