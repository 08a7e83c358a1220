import vine from '@vinejs/vine'
import { browse } from '#app/core/browse'
import { readCase } from '#app/core/read_case'
import { rowUuid } from '#app/core/rules'
import { findUser } from '#app/users/find_user'
import { loadAccess } from '#app/users/open_user'
import User from '#app/users/user'
import UserPolicy from '#app/users/user_policy'
import { USER_STATES } from '#app/users/user_validator'

/** Accounts as the back office lists them. */
export const browseUsers = browse({
  name: 'users.browse',
  policy: [UserPolicy, 'viewAny'],
  filters: {
    name: vine.string().trim().maxLength(160).optional(),
    email: vine.string().trim().maxLength(190).optional(),
    role: vine.string().maxLength(64).optional(),
    state: vine.enum(USER_STATES).optional(),
  },
  sorts: { name: 'users.name', created_at: 'users.created_at' },
  tie: 'users.uuid',
  query({ client }, { name, email, role, state }) {
    const query = User.query({ client }).select('users.*').preload('roles')
    if (name) void query.whereILike('users.name', `${escapeLike(name)}%`)
    if (email) void query.whereILike('users.email', `${escapeLike(email)}%`)
    if (role) void query.whereHas('roles', (of) => void of.where('name', role as string))
    if (state === 'active') void query.whereNull('users.disabled_at')
    if (state === 'disabled') void query.whereNotNull('users.disabled_at')
    return query
  },
  show: rowOf,
})

/** One of them. */
export const openUserRow = readCase({
  name: 'users.open',
  input: vine.create({ id: rowUuid() }),
  find: ({ id }, { client }) => findUser(id, client),
  policy: [UserPolicy, 'viewAny'],
  run: async ({ subject }) => ({ ...rowOf(await loadAccess(subject)), auditIdentity: () => subject.auditIdentity() }),
})

function rowOf(user: User) {
  return {
    id: user.uuid,
    name: user.name,
    email: user.email,
    language: user.language,
    state: user.isDisabled ? 'disabled' : 'active',
    roles: user.roles.map(({ name }) => name).sort(),
    created_at: user.createdAt.toISOString(),
  }
}

const escapeLike = (value: unknown) => String(value).replaceAll(/[\\%_]/g, '\\$&')
