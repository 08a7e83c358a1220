import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { isUuid } from '#app/core/ids'
import { findUser } from '#app/users/find_user'
import User from '#app/users/user'

/** By uuid, or by e-mail for the command line. Errors: Lucid's own for a uuid that is nobody's; UnknownUser. */
export async function findPerson(emailOrUuid: string, client: QueryClientContract): Promise<User> {
  if (!isUuid(emailOrUuid)) return findUser(emailOrUuid, client)
  return User.query({ client }).where('uuid', emailOrUuid.toLowerCase()).firstOrFail()
}
