import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { now, toSqlInstant } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import type { MailKind } from '#app/mails/mail_kinds'

export interface MailToSend {
  kind: MailKind
  /** Whose account it is about; null where there is none. */
  userId: number | null
  recipient: string
  language: string
}

/**
 * Puts a mail into the queue, in the transaction of what it tells of: it is sent exactly when that is done, whatever
 * becomes of this process. Neither text nor link stands in the queue; both are made when the mail leaves.
 */
export async function queueMail({ kind, userId, recipient, language }: MailToSend, trx: TransactionClientContract) {
  const at = toSqlInstant(now())
  await trx.table('mails').insert({
    ...{ uuid: newUuid(), kind, user_id: userId, recipient, language, state: 'waiting', due_at: at },
    ...{ created_at: at, updated_at: at },
  })
}
