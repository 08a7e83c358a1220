import db from '@adonisjs/lucid/services/db'
import redis from '@adonisjs/redis/services/main'
import { DbCheck } from '@adonisjs/lucid/database'
import { DiskSpaceCheck, HealthChecks, MemoryHeapCheck } from '@adonisjs/core/health'
import { RedisCheck } from '@adonisjs/redis'
import { redisSettings } from '#start/env'

const redisChecks = () => (redisSettings() ? [new RedisCheck(redis.connection())] : [])

/** Whether requests can be served: the database answers, and Redis where one is configured. */
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
