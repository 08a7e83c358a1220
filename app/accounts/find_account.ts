import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Caller } from '#app/core/caller'
import User from '#app/users/user'

export async function findOwnAccount({ user }: Caller, client: QueryClientContract): Promise<User> {
  return User.query({ client })
    .where('id', user.id ?? 0)
    .firstOrFail()
}

/** The same, for a change: nobody else changes the account meanwhile. */
export async function lockOwnAccount({ user }: Caller, trx: TransactionClientContract): Promise<User> {
  return User.query({ client: trx })
    .where('id', user.id ?? 0)
    .forUpdate()
    .firstOrFail()
}

export async function findByEmail(email: string, client: QueryClientContract): Promise<User | null> {
  return User.query({ client }).where('email', email).first()
}
