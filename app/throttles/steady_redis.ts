import logger from '@adonisjs/core/services/logger'
import { errors } from '@adonisjs/limiter'
import type { RedisConnection } from '@adonisjs/redis'
import { loggable } from '#app/core/loggable'
import { redisSettings } from '#start/env'

/** After a failure, how long Redis is left alone until one request tries it again. */
const REST_MS = 1000
const TOLD_EVERY_MS = 60_000

let restsUntil: number | null = null
let toldAt = -Infinity

/**
 * Does `work` with Redis, and `instead` where there is none, while it does not answer, or when it fails. What was done
 * in Redis is not there then, nor afterwards the other way round: whoever counts begins anew at such a moment.
 */
export async function throughRedis<T>(
  work: (redis: RedisConnection) => Promise<T>,
  instead: () => Promise<T>
): Promise<T> {
  if (!redisSettings() || isResting()) return instead()
  try {
    const result = await work(await connection())
    restsUntil = null
    return result
  } catch (error) {
    // A limit that has been reached is an answer.
    if (error instanceof errors.E_TOO_MANY_REQUESTS) throw error
    rest(error)
    return instead()
  }
}

/** Imported here, since a command of the terminal has no Redis and must not fail for that. */
async function connection(): Promise<RedisConnection> {
  const { default: redis } = await import('@adonisjs/redis/services/main')
  return redis.connection('main')
}

/** One request tries again after each rest; all others would wait with it for nothing. */
function isResting(): boolean {
  if (restsUntil === null) return false
  if (performance.now() < restsUntil) return true
  restsUntil = performance.now() + REST_MS
  return false
}

function rest(error: unknown) {
  restsUntil = performance.now() + REST_MS
  if (performance.now() - toldAt < TOLD_EVERY_MS) return
  toldAt = performance.now()
  logger.warn({ err: loggable(error) }, 'Redis does not answer: tries are counted in the database, requests in memory')
}
