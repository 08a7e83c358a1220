import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { now } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { isDuplicate } from '#app/core/insert_rows'
import Role from '#app/users/role'
import User from '#app/users/user'
import { EmailTaken, UnknownRole } from '#app/users/user_problems'

interface NewUser {
  name: string
  email?: string | null
  language?: string
  roles?: string[]
  /** Null for somebody who chooses one later, or never signs in. */
  passwordHash?: string | null
  emailVerifiedAt?: Date | null
}

/** The row of a new user and their roles, for the use-cases that make one. Errors: EmailTaken, UnknownRole. */
export async function makeUser(
  { name, email = null, language = 'fr', roles: names = [], passwordHash = null, emailVerifiedAt = null }: NewUser,
  trx: TransactionClientContract
): Promise<User> {
  if (email && (await User.query({ client: trx }).where('email', email).first())) throw new EmailTaken()
  const roles = names.length ? await Role.query({ client: trx }).whereIn('name', names) : []
  const missing = names.find((each) => !roles.some((role) => role.name === each))
  if (missing) throw new UnknownRole(missing)
  const at = now()
  const user = new User().useTransaction(trx).fill({
    ...{ uuid: newUuid(), name, email, language, emailVerifiedAt, password: passwordHash, signInEpoch: 0 },
    ...{ createdAt: at, updatedAt: at },
  })
  try {
    await user.save()
  } catch (error) {
    throw isDuplicate(error, 'email') ? new EmailTaken() : error
  }
  if (roles.length) await user.related('roles').attach(roles.map((role) => role.id))
  user.roleNames = names
  return user
}
