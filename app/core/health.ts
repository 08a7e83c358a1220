import db from '@adonisjs/lucid/services/db'
import redis from '@adonisjs/redis/services/main'
import { DbCheck } from '@adonisjs/lucid/database'
import { BaseCheck, DiskSpaceCheck, HealthChecks, MemoryHeapCheck, Result } from '@adonisjs/core/health'
import { RedisCheck } from '@adonisjs/redis'
import env, { redisSettings } from '#start/env'

/** Limits are counted without Redis while it is gone: only where it keeps the sessions can nobody be served. */
class RedisOrWithout extends BaseCheck {
  name = 'Redis'

  async run() {
    const result = await new RedisCheck(redis.connection()).run()
    const isNeeded = env.get('SESSION_DRIVER') === 'redis'
    return result.status === 'error' && !isNeeded ? Result.warning(result.message) : result
  }
}

const redisChecks = () => (redisSettings() ? [new RedisOrWithout()] : [])

/** Whether requests can be served: the database answers, and Redis where it keeps the sessions. */
export function checkReadiness() {
  return new HealthChecks().register([new DbCheck(db.connection()), ...redisChecks()]).run()
}

/** Readiness, and whether disk and memory last. */
export function checkHealth() {
  return new HealthChecks()
    .register([
      new DbCheck(db.connection()),
      ...redisChecks(),
      new DiskSpaceCheck().failWhenExceeds(98).warnWhenExceeds(90),
      new MemoryHeapCheck().failWhenExceeds('1500 mb').warnWhenExceeds('1000 mb'),
    ])
    .run()
}
