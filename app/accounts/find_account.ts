import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Caller } from '#app/core/caller'
import { findOwnSession } from '#app/sessions/own_session'
import User from '#app/users/user'

export async function findOwnAccount({ user }: Caller, client: QueryClientContract): Promise<User> {
  return User.query({ client })
    .where('id', user.id ?? 0)
    .firstOrFail()
}

/**
 * The same, for a change: nobody else changes the account meanwhile, and what has ended the session since it was looked
 * at comes before it. Errors: Unauthenticated.
 */
export async function lockOwnAccount(caller: Caller, trx: TransactionClientContract): Promise<User> {
  const user = await User.query({ client: trx })
    .where('id', caller.user.id ?? 0)
    .forUpdate()
    .firstOrFail()
  if (caller.user.signIn) await findOwnSession(caller, trx)
  return user
}

export async function findByEmail(email: string, client: QueryClientContract): Promise<User | null> {
  return User.query({ client }).where('email', email).first()
}
