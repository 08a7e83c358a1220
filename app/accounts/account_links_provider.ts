import type { ApplicationService } from '@adonisjs/core/types'
import { sweepLinks } from '#app/accounts/account_link'
import { now } from '#app/core/clock'
import { loggable } from '#app/core/loggable'

const SWEPT_EVERY_MS = 60 * 60_000

/** While serving: forgets the links of mails that are over, and whose they were. */
export default class AccountLinksProvider {
  private timer?: NodeJS.Timeout

  constructor(protected app: ApplicationService) {}

  async ready() {
    this.timer = setInterval(() => void this.sweep(), SWEPT_EVERY_MS).unref()
  }

  async shutdown() {
    clearInterval(this.timer)
  }

  /** What is left is forgotten an hour later; a database that is gone must not end the server. */
  private async sweep() {
    try {
      const db = await this.app.container.make('lucid.db')
      await sweepLinks(now(), db.connection())
    } catch (error) {
      const logger = await this.app.container.make('logger')
      logger.warn({ err: loggable(error) }, 'old links of mails were not swept')
    }
  }
}
