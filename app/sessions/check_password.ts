import hash from '@adonisjs/core/services/hash'
import db from '@adonisjs/lucid/services/db'
import User from '#app/users/user'
import { readConnection } from '#config/database'

let dummy: Promise<string> | undefined

/**
 * The user whose address and password these are, else null. Whatever is wrong costs one verification, so that the time
 * of an answer does not tell whether an account exists. `meet` hears of the account that was meant.
 */
export async function checkPassword(
  { email, password }: { email: string; password: string },
  meet: (user: User) => void
): Promise<User | null> {
  const client = db.connection(readConnection)
  const user = await User.query({ client }).where('email', email).first()
  if (user) meet(user)
  dummy ??= hash.make('nobody has this password')
  const isRight = await hash.verify(user?.password ?? (await dummy), password)
  return user?.password && isRight && !user.isDisabled ? user : null
}
