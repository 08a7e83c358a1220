import { EXAMPLE } from '#app/http/example_ids'
import type { Operations } from '#app/http/operation'
import { changeProfile } from '#app/users/change_profile'
import { openMe } from '#app/users/me'
import { meShape } from '#app/users/me_transformer'
import { giveRole, takeRole } from '#app/users/change_role'
import { disableUser, reinstateUser } from '#app/users/disable_user'
import { listRoles } from '#app/users/list_roles'
import { listUsers } from '#app/users/list_users'
import { openUser } from '#app/users/open_user'
import { roleShape } from '#app/users/role_transformer'
import { userShape } from '#app/users/user_transformer'

export const userOperations: Operations = {
  'me.update': {
    gate: changeProfile,
    admits: 'session',
    answer: { one: meShape },
    as: 'doctor',
    example: { body: { language: 'en' } },
  },
  'me.show': { gate: openMe, answer: { one: meShape }, as: 'doctor', example: {} },
  'users.index': {
    gate: listUsers,
    answer: { many: userShape },
    as: 'admin',
    example: { query: { role: 'doctor', state: 'active', limit: '10' } },
  },
  'users.show': {
    gate: openUser,
    answer: { one: userShape },
    as: 'admin',
    example: { params: { user: EXAMPLE.colleague } },
  },
  'roles.index': { gate: listRoles, answer: { many: roleShape }, as: 'admin', example: {} },
  'disablements.store': {
    gate: disableUser,
    admits: 'session',
    answer: { one: userShape },
    as: 'admin',
    alsoRefused: ['last_administrator'],
    example: { params: { user: EXAMPLE.colleague } },
  },
  'disablements.destroy': {
    gate: reinstateUser,
    admits: 'session',
    answer: { one: userShape },
    as: 'admin',
    example: { params: { user: EXAMPLE.departed } },
  },
  'user_roles.update': {
    gate: giveRole,
    admits: 'session',
    answer: { one: userShape },
    as: 'admin',
    example: { params: { user: EXAMPLE.colleague, role: 'nurse' } },
  },
  'user_roles.destroy': {
    gate: takeRole,
    admits: 'session',
    answer: { one: userShape },
    as: 'admin',
    alsoRefused: ['last_administrator'],
    example: { params: { user: EXAMPLE.colleague, role: 'doctor' } },
  },
}
