import type { ApplicationService } from '@adonisjs/core/types'
import { loggable } from '#app/core/loggable'
import { writeLastSeenDevices } from '#app/sync/verify_device'

const EVERY_MS = 10_000

/** Writes when each device was last seen: every ten seconds while serving, and once more at the end. */
export default class DevicesProvider {
  private timer?: NodeJS.Timeout

  constructor(protected app: ApplicationService) {}

  async ready() {
    this.timer = setInterval(() => void this.write(), EVERY_MS).unref()
  }

  async shutdown() {
    clearInterval(this.timer)
    await this.write()
  }

  /** What is lost is written with the next call; a database that is gone must not end the server. */
  private async write() {
    try {
      const db = await this.app.container.make('lucid.db')
      await writeLastSeenDevices(db.connection())
    } catch (error) {
      const logger = await this.app.container.make('logger')
      logger.warn({ err: loggable(error) }, 'when devices were last seen was not written')
    }
  }
}
