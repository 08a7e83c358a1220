import { readCase } from '#app/core/read_case'
import { findUser } from '#app/users/find_user'
import type User from '#app/users/user'
import UserPolicy from '#app/users/user_policy'
import { openUserValidator } from '#app/users/user_validator'

/** One account, with its roles and what was given to the person beside them. */
export const openUser = readCase({
  name: 'users.open',
  input: openUserValidator,
  find: ({ user }, { client }) => findUser(user, client),
  policy: [UserPolicy, 'viewAny'],
  run: ({ subject }) => loadAccess(subject),
})

/** Roles and permissions in person, as an answer shows them. */
export async function loadAccess(user: User): Promise<User> {
  await user.load('roles')
  await user.load('permissions')
  return user
}
