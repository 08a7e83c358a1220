import type { ApplicationService } from '@adonisjs/core/types'
import { loggable } from '#app/core/loggable'
import { closeSessionRedis } from '#app/sessions/redis_connection'
import { sweepSessions, writeLastSeen } from '#app/sessions/verify_session'

const SEEN_EVERY_MS = 10_000
const SWEPT_EVERY_MS = 10 * 60_000

/** While serving: writes when sessions were last seen, once more at the end, and forgets those that are over. */
export default class SessionsProvider {
  private timers: NodeJS.Timeout[] = []

  constructor(protected app: ApplicationService) {}

  async ready() {
    const seen = setInterval(() => void this.tried(writeLastSeen), SEEN_EVERY_MS)
    const swept = setInterval(() => void this.tried(sweepSessions), SWEPT_EVERY_MS)
    this.timers = [seen.unref(), swept.unref()]
  }

  async shutdown() {
    for (const timer of this.timers) clearInterval(timer)
    await this.tried(writeLastSeen)
    await this.tried(sweepSessions)
    await closeSessionRedis()
  }

  /** What is lost is written a minute later; a store that is gone must not end the server. */
  private async tried(work: () => Promise<unknown>) {
    try {
      await work()
    } catch (error) {
      const logger = await this.app.container.make('logger')
      logger.warn({ err: loggable(error) }, 'sessions were not kept up')
    }
  }
}
