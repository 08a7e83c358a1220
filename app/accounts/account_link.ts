import { createHash, randomBytes } from 'node:crypto'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { AccountLinkSchema } from '#database/schema'
import type { AuditIdentity } from '#app/core/clinical_row'
import { now, toSqlInstant } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { LinkInvalid } from '#app/accounts/account_problems'
import { recallMails } from '#app/mails/recall_mails'

const HOUR = 3_600_000

/** What a link in a mail is good for, and how long, in milliseconds. */
export const LINK_LIVES = {
  registration: 24 * HOUR,
  invitation: 7 * 24 * HOUR,
  password_reset: HOUR,
  email_change: 24 * HOUR,
} as const

export type LinkPurpose = keyof typeof LINK_LIVES

/** A link that was mailed: whoever follows it reads the mails of that address. Only the hash of its value is kept. */
export default class AccountLink extends AccountLinkSchema {
  auditIdentity(): AuditIdentity {
    return { entity: 'account_link', entityUuid: this.uuid, patientUuid: null }
  }
}

interface Meant {
  purpose: LinkPurpose
  userId: number | null
  email: string
  language: string
}

/** Makes a link, and ends the former ones for the same purpose and address. Answers its value, which is told this once. */
export async function makeLink({ purpose, userId, email, language }: Meant, trx: TransactionClientContract) {
  const value = randomBytes(32).toString('base64url')
  const at = now()
  // Read first: deleting what is not there locks the gap on MariaDB, in which two inserts then wait for each other.
  const former: { id: number }[] = await trx
    .from('account_links')
    .where({ purpose, email })
    .whereNull('used_at')
    .select('id')
  if (former.length)
    await trx
      .from('account_links')
      .whereIn(
        'id',
        former.map(({ id }) => id)
      )
      .delete()
  await new AccountLink()
    .useTransaction(trx)
    .fill({
      ...{ uuid: newUuid(), purpose, userId, email, language, hash: hashOf(value) },
      expiresAt: new Date(at.getTime() + LINK_LIVES[purpose]),
      createdAt: at,
      updatedAt: at,
    })
    .save()
  return value
}

/** A link that could be used now. Errors: LinkInvalid, as for `takeLink`. */
export async function findLink(value: string, purpose: LinkPurpose, client: QueryClientContract) {
  const link = await AccountLink.query({ client })
    .where({ hash: hashOf(value), purpose })
    .whereNull('used_at')
    .where('expires_at', '>', toSqlInstant(now()))
    .first()
  if (!link) throw new LinkInvalid()
  return link
}

/** Ends the links for these purposes that this account was mailed and has not followed, and those that wait to be mailed. */
export async function endLinks(userId: number, purposes: readonly LinkPurpose[], trx: TransactionClientContract) {
  await recallMails(userId, purposes, trx)
  await trx
    .from('account_links')
    .where('user_id', userId)
    .whereIn('purpose', [...purposes])
    .whereNull('used_at')
    .delete()
}

/**
 * Uses a link up; of two requests at one moment one gets it. Errors: LinkInvalid for one that is unknown, used, too old
 * or for something else, all alike.
 */
export async function takeLink(value: string, purpose: LinkPurpose, trx: TransactionClientContract) {
  const at = toSqlInstant(now())
  const taken = await trx
    .from('account_links')
    .where({ hash: hashOf(value), purpose })
    .whereNull('used_at')
    .where('expires_at', '>', at)
    .update({ used_at: at, updated_at: at })
  if (Number(taken) !== 1) throw new LinkInvalid()
  return AccountLink.query({ client: trx }).where('hash', hashOf(value)).firstOrFail()
}

/** Forgets links that are over, and the addresses with them. Answers how many went. */
export async function sweepLinks(before: Date, client: QueryClientContract): Promise<number> {
  return Number(await client.from('account_links').where('expires_at', '<', toSqlInstant(before)).delete())
}

function hashOf(value: string) {
  return createHash('sha256').update(value).digest('hex')
}
