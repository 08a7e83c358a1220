import { createHash, randomBytes } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** Machine, its start and the namespace of process numbers: only where all three agree does a number mean the same process. */
const PLACE = createHash('sha256')
  .update([hostname(), read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')), namespace()].join('|'))
  .digest('hex')
  .slice(0, 12)

/** A name for one holding of a lease by this process: `place.pid.random`, at most 36 characters. */
export function newMark(): string {
  return `${PLACE}.${process.pid}.${randomBytes(5).toString('hex')}`
}

/**
 * Whether the process that made this mark is certainly gone. What ran elsewhere nobody here can know; a number that was
 * given to another process since counts as alive.
 */
export function isGone(mark: string): boolean {
  const [place, pid] = mark.split('.')
  if (place !== PLACE || !Number(pid)) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

function namespace() {
  return read(() => readlinkSync('/proc/self/ns/pid'))
}

/** Empty where the system has no such file. */
function read(file: () => string): string {
  try {
    return file().trim()
  } catch {
    return ''
  }
}
