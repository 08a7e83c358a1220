import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { PrepareScope } from '#app/core/use_case'
import type AccountLink from '#app/accounts/account_link'
import { findLink, takeLink, type LinkPurpose } from '#app/accounts/account_link'
import { LinkInvalid } from '#app/accounts/account_problems'
import { limitTries } from '#app/throttles/limit_tries'
import User from '#app/users/user'
import { readConnection } from '#config/database'

/** What a link in somebody's hands is, before anything that costs time is done for it; it is not used up. */
export async function lookAtLink(
  value: string,
  purpose: LinkPurpose,
  { caller, meet }: PrepareScope
): Promise<AccountLink> {
  const client = db.connection(readConnection)
  const who = { account: null, ip: caller.ip }
  const link = await limitTries('link', who, () => findLink(value, purpose, client))
  meet(link)
  return link
}

/** Whose link it is. Errors: LinkInvalid for nobody's, and for that of a closed account. */
export async function ownerOf({ userId }: AccountLink): Promise<User> {
  const owner = await User.query({ client: db.connection(readConnection) })
    .where('id', userId ?? 0)
    .first()
  if (!owner || owner.isDisabled) throw new LinkInvalid()
  return owner
}

/**
 * Uses a link up, and locks the account whose it is. Errors: LinkInvalid, also once the account is closed or has
 * another address: what was mailed to the former one is in somebody else's hands.
 */
export async function takeOwnLink(
  value: string,
  purpose: 'invitation' | 'password_reset',
  trx: TransactionClientContract
): Promise<User> {
  const { userId, email } = await takeLink(value, purpose, trx)
  const user = await User.query({ client: trx })
    .where('id', userId ?? 0)
    .forUpdate()
    .first()
  if (!user || user.isDisabled || user.email !== email) throw new LinkInvalid()
  return user
}
