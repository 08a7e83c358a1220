import { LRUCache } from 'lru-cache'
import { limitOf } from '#app/throttles/default_limits'
import { networkOf } from '#app/throttles/network_of'

const MINUTE = 60_000
const TOLD_TOGETHER = 100

const refused = new LRUCache<string, { count: number }>({ max: 10_000, ttl: MINUTE })

/**
 * For how many refused requests of this address the audit gets an entry now; 0 for none. Nothing is ever deleted there, so
 * that a stranger who asks for nothing but refusals must not fill it: so many a minute are told one by one, then a hundred
 * at a time.
 */
export function refusalsToTell(ip: string): number {
  const network = networkOf(ip)
  const kept = refused.get(network) ?? { count: 0 }
  if (kept.count === 0) refused.set(network, kept)
  const beyond = ++kept.count - limitOf('FAILED_REQUESTS_PER_MINUTE')
  if (beyond <= 0) return 1
  return beyond % TOLD_TOGETHER === 0 ? TOLD_TOGETHER : 0
}
