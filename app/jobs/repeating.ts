import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '@adonisjs/core/logger'
import { loggable } from '#app/core/loggable'
import { LeaseLost, withLease, type Lease } from '#app/jobs/lease'

const LEASE_MS = 20_000

export interface Turn {
  lease: Lease
  /** Aborts when the server ends or another process takes over: finish the step in hand, and return. */
  signal: AbortSignal
}

/** What one process of several does again and again while serving. To be listed in app/jobs/repeated.ts. */
export interface Repeated {
  /** Stands in `leases`: servers of two releases must agree on it. */
  name: string
  everyMs: number
  work(turn: Turn): Promise<unknown>
}

export function repeating(name: string, everyMs: number, work: Repeated['work']): Repeated {
  return { name, everyMs, work }
}

/**
 * Repeats until `ending` aborts: whoever holds the lease does it, `everyMs` after it has done, and keeps the lease; the
 * others look as often whether it is free. A failure is told once, and told again after it has worked.
 */
export async function repeat({ name, everyMs, work }: Repeated, ending: AbortSignal, logger: Logger): Promise<void> {
  let isFailing = false
  const tried = async (attempt: () => Promise<unknown>) => {
    try {
      await attempt()
      return true
    } catch (error) {
      const isNews = !isFailing && !ending.aborted && !(error instanceof LeaseLost)
      if (isNews) logger.error({ err: loggable(error), work: name }, 'what is done again and again was not done')
      isFailing ||= isNews
      return false
    }
  }
  const turns = async (lease: Lease) => {
    const signal = AbortSignal.any([ending, lease.signal])
    while (!signal.aborted) {
      if ((await tried(() => work({ lease, signal }))) && isFailing) {
        isFailing = false
        logger.info({ work: name }, 'what is done again and again works again')
      }
      await pause(everyMs, signal)
    }
  }
  while (!ending.aborted) {
    await tried(() => withLease(`repeat:${name}`, LEASE_MS, turns))
    await pause(everyMs, ending)
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return sleep(milliseconds, undefined, { signal, ref: false }).catch(() => {})
}
