import type { ApplicationService } from '@adonisjs/core/types'
import { now } from '#app/core/clock'
import { loggable } from '#app/core/loggable'
import { sweepChallenges } from '#app/passkeys/challenge'

const SWEPT_EVERY_MS = 10 * 60_000

/** While serving: forgets the challenges that nobody answered. */
export default class ChallengesProvider {
  private timer?: NodeJS.Timeout

  constructor(protected app: ApplicationService) {}

  async ready() {
    this.timer = setInterval(() => void this.sweep(), SWEPT_EVERY_MS).unref()
  }

  async shutdown() {
    clearInterval(this.timer)
  }

  /** What is left is forgotten ten minutes later; a database that is gone must not end the server. */
  private async sweep() {
    try {
      const db = await this.app.container.make('lucid.db')
      await sweepChallenges(now(), db.connection())
    } catch (error) {
      const logger = await this.app.container.make('logger')
      logger.warn({ err: loggable(error) }, 'old challenges were not swept')
    }
  }
}
