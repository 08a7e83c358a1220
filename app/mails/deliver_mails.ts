import logger from '@adonisjs/core/services/logger'
import { loggable } from '#app/core/loggable'
import type Mail from '#app/mails/mail'
import { dueMails, isTooLate, markFailed, markSent, postpone, takeMail, waitAfter } from '#app/mails/mail_queue'
import { mailTransport, type MailTransport } from '#app/mails/mail_transport'
import { AccountIsClosed, MailRecalled, prepareMail } from '#app/mails/prepare_mail'
import { sendingError } from '#app/mails/sending_error'

export interface Delivered {
  sent: number
  postponed: number
  failed: number
}

interface Options {
  transport?: MailTransport
  /** Asked before each mail. */
  isStopping?: () => boolean
}

/**
 * Sends what is due. Several processes may do so at once: each mail is taken by one. A process that dies between
 * sending and saying so leaves a mail that is sent again once its lease is over: at least once, not at most once.
 * Nothing is sent inside of a transaction. Errors: those of a database that is gone.
 */
export async function deliverMails({ transport, isStopping = () => false }: Options = {}): Promise<Delivered> {
  const delivered: Delivered = { sent: 0, postponed: 0, failed: 0 }
  for (;;) {
    const due = await dueMails()
    let taken = 0
    for (const mail of due) {
      if (isStopping()) return delivered
      if (!(await takeMail(mail))) continue
      taken++
      const outcome = await deliver(mail, (transport ??= mailTransport()))
      if (outcome) delivered[outcome]++
    }
    if (!taken) return delivered
  }
}

/** Null for what was recalled meanwhile. */
async function deliver(mail: Mail, transport: MailTransport): Promise<keyof Delivered | null> {
  // Only one at which process after process died is as old as that without having failed.
  if (mail.attempts > 1 && isTooLate(mail)) return fail(mail, mail.error ?? 'broken')
  try {
    await transport.send(await prepareMail(mail))
  } catch (error) {
    return error instanceof MailRecalled ? null : notSent(mail, error)
  }
  await markSent(mail)
  return 'sent'
}

async function notSent(mail: Mail, error: unknown): Promise<keyof Delivered> {
  if (error instanceof AccountIsClosed) return fail(mail, 'account_closed')
  const { code, isFinal } = sendingError(error)
  if (isFinal || isTooLate(mail, waitAfter(mail.attempts))) return fail(mail, code)
  logger.warn({ ...told(mail, code), ...traceOf(code, error) }, 'a mail was not sent; it is tried again')
  await postpone(mail, code)
  return 'postponed'
}

async function fail(mail: Mail, code: string): Promise<keyof Delivered> {
  logger.error(told(mail, code), 'a mail was not sent')
  await markFailed(mail, code)
  return 'failed'
}

/** What has no name may be a bug of ours: where it happened, without its words. */
function traceOf(code: string, error: unknown) {
  return code === 'broken' ? { err: { ...loggable(error), message: undefined, cause: undefined } } : {}
}

/** Neither the address nor the server's words, which quote it. */
const told = ({ uuid, kind, attempts }: Mail, code: string) => ({ mail: uuid, kind, attempts, code })
