import { setTimeout as sleep } from 'node:timers/promises'
import type { ApplicationService } from '@adonisjs/core/types'
import { loggable } from '#app/core/loggable'
import { sweepTries } from '#app/throttles/database_counter'
import { redisSettings } from '#start/env'

const SWEEP_EVERY_MS = 600_000
const READY_WITHIN_MS = 1000

/** Connects to Redis before the first request, and forgets what is no longer counted. */
export default class ThrottlesProvider {
  #timer?: NodeJS.Timeout

  constructor(protected app: ApplicationService) {}

  async start() {
    if (redisSettings()) await this.#connect()
  }

  async ready() {
    this.#timer = setInterval(() => void this.#sweep(), SWEEP_EVERY_MS).unref()
  }

  /** A connection that is not there cannot say good-bye, and its error would stop the end of everything else. */
  async shutdown() {
    clearInterval(this.#timer)
    const redis = await this.app.container.make('redis')
    for (const [name, connection] of Object.entries(redis.activeConnections)) {
      if (!connection || connection.status === 'ready') continue
      connection.ioConnection.disconnect()
      delete redis.activeConnections[name as keyof typeof redis.activeConnections]
    }
  }

  async #connect() {
    // Each attempt to come back would be a line in the log; whoever asks Redis for something tells of it.
    const redis = await this.app.container.make('redis')
    redis.doNotLogErrors()
    const connection = redis.connection('main')
    const isReady = new Promise<void>((resolve) => connection.ioConnection.once('ready', () => resolve()))
    await Promise.race([isReady, sleep(READY_WITHIN_MS)])
  }

  async #sweep() {
    try {
      await sweepTries()
    } catch (error) {
      const logger = await this.app.container.make('logger')
      logger.warn({ err: loggable(error) }, 'tries that no longer count were not forgotten')
    }
  }
}
