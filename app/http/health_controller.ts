import db from '@adonisjs/lucid/services/db'
import redis from '@adonisjs/redis/services/main'
import { DbCheck } from '@adonisjs/lucid/database'
import { DiskSpaceCheck, HealthChecks, MemoryHeapCheck } from '@adonisjs/core/health'
import { RedisCheck } from '@adonisjs/redis'
import type { HttpContext } from '@adonisjs/core/http'
import { redisSettings } from '#start/env'

/** The process answers at all. */
const LIVE = { status: 'ok' }

export default class HealthController {
  async live() {
    return LIVE
  }

  /** Whether requests can be served: the database answers, and Redis where one is configured. */
  async ready(ctx: HttpContext) {
    return this.report(ctx, [new DbCheck(db.connection()), ...this.redisChecks()])
  }

  async show(ctx: HttpContext) {
    return this.report(ctx, [
      new DbCheck(db.connection()),
      ...this.redisChecks(),
      new DiskSpaceCheck().failWhenExceeds(98).warnWhenExceeds(90),
      new MemoryHeapCheck().failWhenExceeds('1500 mb').warnWhenExceeds('1000 mb'),
    ])
  }

  private redisChecks() {
    return redisSettings() ? [new RedisCheck(redis.connection())] : []
  }

  /** Names and states only: addresses and figures are nobody's business who is not signed in. */
  private async report({ response }: HttpContext, list: Parameters<HealthChecks['register']>[0]) {
    const report = await new HealthChecks().register(list).run()
    response.status(report.isHealthy ? 200 : 503).header('Cache-Control', 'no-store')
    return {
      status: report.isHealthy ? 'ok' : 'unavailable',
      checks: report.checks.map(({ name, status }) => ({ name, status })),
    }
  }
}
