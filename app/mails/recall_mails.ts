import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { LinkPurpose } from '#app/accounts/account_link'
import { MAIL_KINDS } from '#app/mails/mail_kinds'

/** Takes mails with such a link out of the queue, before it is made; one that is being sent at this moment is not met. */
export async function recallMails(userId: number, links: readonly LinkPurpose[], trx: TransactionClientContract) {
  const kinds = Object.entries(MAIL_KINDS).flatMap(([kind, { link }]) => (link && links.includes(link) ? [kind] : []))
  await trx.from('mails').where({ user_id: userId, state: 'waiting' }).whereIn('kind', kinds).delete()
}
