// Where tests keep their databases.
import { accessSync, constants, mkdtempSync, statfsSync } from 'node:fs'
import { freemem, tmpdir } from 'node:os'
import { join } from 'node:path'

const IN_MEMORY = '/dev/shm'
const GIB = 2 ** 30
const ROOM = 2 * GIB
const MEMORY = 4 * GIB

/**
 * Makes a folder: in memory where there is room, since a test's commits then wait for no disk, though each is still asked
 * to be durable; else `elsewhere`. Nothing can be started from it: memory is often mounted so.
 */
export function makeTestFolder(prefix, elsewhere = tmpdir()) {
  return mkdtempSync(join(isRoomy() ? IN_MEMORY : elsewhere, prefix))
}

function isRoomy() {
  try {
    accessSync(IN_MEMORY, constants.W_OK)
    const { bavail, bsize } = statfsSync(IN_MEMORY)
    return bavail * bsize >= ROOM && freemem() >= MEMORY
  } catch {
    return false
  }
}
