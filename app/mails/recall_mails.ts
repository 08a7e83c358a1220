import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { LinkPurpose } from '#app/accounts/account_link'
import { now, toSqlInstant } from '#app/core/clock'
import { MAIL_KINDS } from '#app/mails/mail_kinds'

/**
 * Takes mails with such a link out of the queue for good. One that is on its way at this moment may still arrive, and is
 * not tried again; if its link is there already, whoever recalls it ends that afterwards.
 */
export async function recallMails(userId: number, links: readonly LinkPurpose[], trx: TransactionClientContract) {
  const kinds = Object.entries(MAIL_KINDS).flatMap(([kind, { link }]) => (link && links.includes(link) ? [kind] : []))
  await trx
    .from('mails')
    .where('user_id', userId)
    .whereIn('state', ['waiting', 'sending'])
    .whereIn('kind', kinds)
    .update({ state: 'recalled', recipient: null, updated_at: toSqlInstant(now()) })
}
