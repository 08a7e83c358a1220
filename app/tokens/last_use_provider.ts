import { loggable } from '#app/core/loggable'
import type { ApplicationService } from '@adonisjs/core/types'
import { writeLastUses } from '#app/tokens/verify_token'

const EVERY_MS = 10_000

/** Writes when each token was last used: every ten seconds while serving, and once more at the end. */
export default class LastUseProvider {
  private timer?: NodeJS.Timeout

  constructor(protected app: ApplicationService) {}

  async ready() {
    this.timer = setInterval(() => void this.write(), EVERY_MS).unref()
  }

  async shutdown() {
    clearInterval(this.timer)
    await this.write()
  }

  /** A last use that is lost harms nobody, so that a database that is gone must not end the server. */
  private async write() {
    try {
      const db = await this.app.container.make('lucid.db')
      await writeLastUses(db.connection())
    } catch (error) {
      const logger = await this.app.container.make('logger')
      logger.warn({ err: loggable(error) }, 'the last use of tokens was not written')
    }
  }
}
