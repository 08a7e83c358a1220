import type { ApplicationService } from '@adonisjs/core/types'
import { loggable } from '#app/core/loggable'

const EVERY_MS = 1_000
/** How long an end waits for the mail that is being sent; one that takes longer is sent again by the next start. */
const PATIENCE_MS = 5_000

/** Sends mails while serving: a look at the queue each second, one after the other. */
export default class MailsProvider {
  private timer?: NodeJS.Timeout
  private running?: Promise<void>
  private isStopping = false
  private isFailing = false

  constructor(protected app: ApplicationService) {}

  async ready() {
    const { mailTransport } = await import('#app/mails/mail_transport')
    const { sender } = await import('#app/mails/app_address')
    // A setting that cannot work stops the start, and not the first person who forgets a password.
    mailTransport()
    sender()
    this.timer = setInterval(() => this.look(), EVERY_MS).unref()
  }

  async shutdown() {
    this.isStopping = true
    clearInterval(this.timer)
    let waiting: NodeJS.Timeout | undefined
    const enough = new Promise<void>((resolve) => (waiting = setTimeout(resolve, PATIENCE_MS)))
    await Promise.race([this.running, enough])
    clearTimeout(waiting)
  }

  private look() {
    if (this.isStopping) return
    this.running ??= this.deliver().finally(() => (this.running = undefined))
  }

  /** A database that is gone must not end the server; it is told once, not each second. */
  private async deliver() {
    try {
      const { deliverMails } = await import('#app/mails/deliver_mails')
      await deliverMails({ isStopping: () => this.isStopping })
      this.isFailing = false
    } catch (error) {
      if (this.isFailing || this.isStopping) return
      this.isFailing = true
      const logger = await this.app.container.make('logger')
      logger.error({ err: loggable(error) }, 'the queue of mails was not read')
    }
  }
}
