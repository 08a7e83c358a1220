import hash from '@adonisjs/core/services/hash'
import db from '@adonisjs/lucid/services/db'
import redis from '@adonisjs/redis/services/main'
import { DEFAULT_LIMITS } from '#app/throttles/default_limits'
import env, { redisSettings } from '#start/env'

type Limits = Partial<Record<keyof typeof DEFAULT_LIMITS, number>>

/** So much that nobody meets it. */
export const NO_LIMITS: Limits = Object.fromEntries(Object.keys(DEFAULT_LIMITS).map((name) => [name, 1_000_000]))

/** Sets limits; those that are not named stand as they are. */
export function setLimits(limits: Limits) {
  for (const [name, value] of Object.entries(limits)) env.set(name as keyof Limits, value)
}

/** Every bucket is full again, and no place is known. */
export async function forgetTries() {
  await db.from('rate_limits').delete()
  const keys = await keysInRedis()
  if (keys.length) await redis.connection().del(...keys)
}

/** The keys of all that is counted. */
export async function keysOfTries(): Promise<string[]> {
  const rows = await db.from('rate_limits').select('key')
  return [...rows.map(({ key }) => key), ...(await keysInRedis())]
}

async function keysInRedis(): Promise<string[]> {
  if (!redisSettings() || redis.connection().status !== 'ready') return []
  return redis.connection().keys('{tries}:*')
}

/** How many passwords are checked while `work` runs. */
export async function hashesOf(work: () => Promise<unknown>): Promise<number> {
  const { verify } = hash
  let calls = 0
  hash.verify = (...given) => {
    calls++
    return verify.apply(hash, given)
  }
  try {
    await work()
  } finally {
    hash.verify = verify
  }
  return calls
}
