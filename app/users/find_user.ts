import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { isUuid } from '#app/core/ids'
import User from '#app/users/user'
import { UnknownUser } from '#app/users/user_problems'

/** By e-mail or by uuid. Errors: UnknownUser; Lucid's own for a uuid that is nobody's, as for any other record. */
export async function findUser(emailOrUuid: string, client: QueryClientContract): Promise<User> {
  const wanted = emailOrUuid.toLowerCase()
  const column = wanted.includes('@') ? 'email' : 'uuid'
  // MariaDB cannot compare its ASCII column with other letters.
  if (column === 'uuid' && !isUuid(wanted)) throw new UnknownUser()
  const found = User.query({ client }).where(column, wanted)
  if (column === 'uuid') return found.firstOrFail()
  const user = await found.first()
  if (!user) throw new UnknownUser()
  return user
}
