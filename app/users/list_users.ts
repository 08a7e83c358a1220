import { pageOf, type Page } from '#app/core/keyset'
import { readCase } from '#app/core/read_case'
import User from '#app/users/user'
import UserPolicy from '#app/users/user_policy'
import { listUsersValidator } from '#app/users/user_validator'

const BY_NAME = { list: 'users', column: 'name', kind: 'text', direction: 'asc' } as const

/** People by name, closed accounts too, each with the names of their roles. */
export const listUsers = readCase({
  name: 'users.list',
  input: listUsersValidator,
  find: () => null,
  policy: [UserPolicy, 'viewAny'],
  details: ({ rows }: Page<User>) => ({ uuids: rows.map((row) => row.uuid) }),
  async run({ client }, { role, state, limit, cursor }) {
    const query = User.query({ client }).select('users.*').preload('roles').preload('permissions')
    if (role) void query.whereHas('roles', (of) => void of.where('name', role))
    if (state === 'active') void query.whereNull('users.disabled_at')
    if (state === 'disabled') void query.whereNotNull('users.disabled_at')
    const page = await pageOf(query, 'users', BY_NAME, { limit, cursor })
    for (const user of page.rows) user.roleNames = user.roles.map(({ name }) => name).sort()
    return page
  },
})
