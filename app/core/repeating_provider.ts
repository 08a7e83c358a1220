import type { ApplicationService } from '@adonisjs/core/types'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { loggable } from '#app/core/loggable'

/** Does the same again and again while serving. */
export abstract class RepeatingProvider {
  private timer?: NodeJS.Timeout

  constructor(protected app: ApplicationService) {}

  protected abstract readonly everyMs: number
  /** What the log says when it was not done. */
  protected abstract readonly failure: string
  /** The first time at once, though the start does not wait for it. */
  protected readonly alsoAtStart: boolean = false
  /** Once more before the server ends. */
  protected readonly alsoAtEnd: boolean = false
  protected abstract work(client: QueryClientContract): Promise<unknown>

  async ready() {
    this.timer = setInterval(() => void this.try(), this.everyMs).unref()
    if (this.alsoAtStart) void this.try()
  }

  async shutdown() {
    clearInterval(this.timer)
    if (this.alsoAtEnd) await this.try()
  }

  /** A database that is gone must not end the server. */
  private async try() {
    try {
      const db = await this.app.container.make('lucid.db')
      await this.work(db.connection())
    } catch (error) {
      const logger = await this.app.container.make('logger')
      logger.warn({ err: loggable(error) }, this.failure)
    }
  }
}
