import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { errors } from '@adonisjs/limiter'
import limiter from '@adonisjs/limiter/services/main'
import { limitOf } from '#app/throttles/default_limits'
import { networkOf } from '#app/throttles/network_of'

const GOOD_FOR_MS = 3_600_000

/* Of this process: it is the database that is spared, and no guess of 256 bits is ever right. */
const good = new LRUCache<string, true>({ max: 10_000, ttl: GOOD_FOR_MS })
const failures = () => limiter.use('memory', { requests: limitOf('FAILED_REQUESTS_PER_MINUTE'), duration: '1 minute' })

/**
 * Whose token or session this is, unless so many from this address were nobody's that the database is not asked. A
 * credential that was good lately is looked up whatever its neighbours send, since a whole clinic may have one address.
 * Errors: E_TOO_MANY_REQUESTS of the limiter.
 */
export async function verifyUnlessFlooded<T>(
  credential: string,
  ip: string,
  verify: (credential: string) => Promise<T | null>
): Promise<T | null> {
  const network = networkOf(ip)
  const before = await failures().get(network)
  if (before && before.remaining <= 0 && !good.has(hashOf(credential))) throw new errors.E_TOO_MANY_REQUESTS(before)
  const found = await verify(credential)
  if (found) expectAgain(credential)
  else {
    good.delete(hashOf(credential))
    await failures().increment(network)
  }
  return found
}

/** This credential is good: it was seen to be, or it has just been made. */
export function expectAgain(credential: string) {
  good.set(hashOf(credential), true)
}

const hashOf = (credential: string) => createHash('sha256').update(credential).digest('base64')
