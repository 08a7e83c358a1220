import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import User from '#app/users/user'
import { UnknownUser } from '#app/users/user_problems'

/** By e-mail or by uuid. Errors: UnknownUser. */
export async function findUser(emailOrUuid: string, client: QueryClientContract): Promise<User> {
  const column = emailOrUuid.includes('@') ? 'email' : 'uuid'
  const user = await User.query({ client }).where(column, emailOrUuid.toLowerCase()).first()
  if (!user) throw new UnknownUser()
  return user
}
