import type { ApplicationService } from '@adonisjs/core/types'
import { loggable } from '#app/core/loggable'

/** How long an end waits for it. */
const PATIENCE_MS = 1_500

/**
 * Seals what was written since the last time, once nothing is written any more: of the rows of a server that is gone, those
 * that are not sealed could be deleted unseen. What fails or takes too long is sealed by the next server.
 */
export default class SealingProvider {
  private hasServed = false

  constructor(protected app: ApplicationService) {}

  async ready() {
    this.hasServed = true
  }

  async shutdown() {
    if (!this.hasServed) return
    const end = AbortSignal.timeout(PATIENCE_MS)
    const enough = new Promise<never>((_, reject) => end.addEventListener('abort', () => reject(end.reason)))
    try {
      const { sealLast } = await import('#app/anchors/serve_audit')
      await Promise.race([sealLast(end), enough])
    } catch (error) {
      const logger = await this.app.container.make('logger')
      logger.warn({ err: loggable(error) }, 'the last rows of the audit were not sealed; the next server does it')
    }
  }
}
