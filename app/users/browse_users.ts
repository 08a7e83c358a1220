import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import vine from '@vinejs/vine'
import { browse, whereBegins } from '#app/core/browse'
import { readCase } from '#app/core/read_case'
import { rowUuid } from '#app/core/rules'
import { findUser } from '#app/users/find_user'
import { loadAccess } from '#app/users/open_user'
import User from '#app/users/user'
import UserPolicy from '#app/users/user_policy'

/** Whoever was invited has no password yet; clinicians of a former system have no address, and never sign in. */
export const ACCOUNT_STATES = ['active', 'invited', 'without_sign_in', 'disabled'] as const

/** Accounts as the back office lists them. */
export const browseUsers = browse({
  name: 'users.browse',
  policy: [UserPolicy, 'viewAny'],
  filters: {
    name: vine.string().trim().maxLength(160).optional(),
    email: vine.string().trim().maxLength(190).optional(),
    roles: vine.string().maxLength(64).optional(),
    state: vine.enum(ACCOUNT_STATES).optional(),
  },
  sorts: { name: 'users.name', created_at: 'users.created_at' },
  tie: 'users.uuid',
  query({ client }, { name, email, roles: role, state }) {
    const query = User.query({ client }).select('users.*').preload('roles')
    if (name) whereBegins(query, 'users.name', name)
    if (email) whereBegins(query, 'users.email', email)
    if (role) void query.whereHas('roles', (of) => void of.where('name', role as string))
    return state ? query.where((one) => narrow(one, state as AccountState)) : query
  },
  show: rowOf,
})

/** One of them. */
export const openUserRow = readCase({
  name: 'users.open',
  input: vine.create({ id: rowUuid() }),
  find: ({ id }, { client }) => findUser(id, client),
  policy: [UserPolicy, 'viewAny'],
  async run({ subject }) {
    await loadAccess(subject)
    const permissions = subject.permissions.map(({ name }) => name).sort()
    return { ...rowOf(subject), permissions, auditIdentity: () => subject.auditIdentity() }
  },
})

type AccountState = (typeof ACCOUNT_STATES)[number]

function narrow(query: ModelQueryBuilderContract<typeof User>, state: AccountState) {
  if (state === 'disabled') return query.whereNotNull('users.disabled_at')
  void query.whereNull('users.disabled_at')
  if (state === 'active') return query.whereNotNull('users.password')
  void query.whereNull('users.password')
  return state === 'invited' ? query.whereNotNull('users.email') : query.whereNull('users.email')
}

function stateOf({ isDisabled, password, email }: User): AccountState {
  if (isDisabled) return 'disabled'
  if (password) return 'active'
  return email ? 'invited' : 'without_sign_in'
}

function rowOf(user: User) {
  return {
    id: user.uuid,
    name: user.name,
    email: user.email,
    language: user.language,
    state: stateOf(user),
    roles: user.roles.map(({ name }) => name).sort(),
    created_at: user.createdAt.toISOString(),
  }
}
