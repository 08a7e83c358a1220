import type { ApplicationService } from '@adonisjs/core/types'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { now } from '#app/core/clock'
import { loggable } from '#app/core/loggable'

/** While serving: forgets what is over, again and again. What is left by a failure is forgotten the next time. */
export abstract class SweepingProvider {
  private timer?: NodeJS.Timeout

  constructor(protected app: ApplicationService) {}

  protected abstract readonly everyMs: number
  /** What is forgotten, as the log names it. */
  protected abstract readonly what: string
  protected abstract sweep(before: Date, client: QueryClientContract): Promise<unknown>

  async ready() {
    this.timer = setInterval(() => void this.try(), this.everyMs).unref()
  }

  async shutdown() {
    clearInterval(this.timer)
  }

  /** A database that is gone must not end the server. */
  private async try() {
    try {
      const db = await this.app.container.make('lucid.db')
      await this.sweep(now(), db.connection())
    } catch (error) {
      const logger = await this.app.container.make('logger')
      logger.warn({ err: loggable(error) }, `${this.what} were not swept`)
    }
  }
}
