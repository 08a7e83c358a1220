import { inviteUser, repeatInvitation } from '#app/accounts/invite_user'
import { resetFactors } from '#app/factors/reset_factors'
import { endSessionsOf } from '#app/sessions/end_sessions'
import { ACCOUNT_STATES, browseUsers, openUserRow } from '#app/users/browse_users'
import { giveRole, takeRole } from '#app/users/change_role'
import { disableUser, reinstateUser } from '#app/users/disable_user'
import { DEFAULT_ROLES, PERMISSIONS } from '#app/users/default_roles'
import type { AdminAction, AdminResource, Row } from '#admin/resource'

const ROLES = Object.keys(DEFAULT_ROLES)
const LANGUAGES = ['fr', 'en']

const ofPerson = (row: Row | null) => ({ user: row!.id })
const signsIn = ({ state }: Row) => state === 'active' || state === 'invited'

/** Gives or takes one role; the gate says what cannot be. */
const changeOfRole = (gate: AdminAction['gate'], icon: string, isFor?: AdminAction['isFor']): AdminAction => ({
  gate,
  permission: 'roles.manage',
  icon,
  isDangerous: true,
  asksReason: true,
  isFor,
  fields: { role: { type: 'choice', values: ROLES, isRequired: true } },
  input: (row, { role }) => ({ ...ofPerson(row), role }),
})

export const users: AdminResource = {
  id: 'users',
  group: 'people',
  icon: 'Users',
  permission: 'users.view',
  title: 'name',
  properties: {
    name: { inList: true, isFilter: true, isSortable: true },
    email: { inList: true, isFilter: true },
    roles: { inList: true, isList: true, isFilter: true, values: ROLES },
    permissions: { isList: true, values: PERMISSIONS },
    state: { inList: true, isFilter: true, values: ACCOUNT_STATES },
    language: { values: LANGUAGES },
    created_at: { type: 'datetime', inList: true, isSortable: true },
  },
  browse: browseUsers,
  open: openUserRow,
  openings: {
    invite: {
      gate: inviteUser,
      permission: 'users.manage',
      icon: 'UserPlus',
      fields: {
        name: { type: 'text', isRequired: true },
        email: { type: 'email', isRequired: true },
        roles: { type: 'several', values: ROLES },
        language: { type: 'choice', values: LANGUAGES, isRequired: true },
      },
      input: (_, { name, email, language, roles }) => ({
        ...{ name, email, language },
        ...(roles ? { roles: roles.split(',') } : {}),
      }),
    },
  },
  actions: {
    invite_again: {
      gate: repeatInvitation,
      permission: 'users.manage',
      icon: 'Mail',
      isFor: ({ state }) => state === 'invited',
      input: ofPerson,
    },
    give_role: changeOfRole(giveRole, 'Plus'),
    take_role: changeOfRole(takeRole, 'Minus', (row) => row['roles.0'] !== undefined),
    end_sessions: {
      gate: endSessionsOf,
      permission: 'users.manage',
      icon: 'LogOut',
      isDangerous: true,
      asksReason: true,
      isFor: signsIn,
      input: ofPerson,
    },
    reset_factors: {
      gate: resetFactors,
      permission: 'users.manage',
      icon: 'RefreshCw',
      isDangerous: true,
      asksReason: true,
      isFor: signsIn,
      input: ofPerson,
    },
    disable: {
      gate: disableUser,
      permission: 'users.manage',
      icon: 'UserX',
      isDangerous: true,
      asksReason: true,
      isFor: ({ state }) => state !== 'disabled',
      input: ofPerson,
    },
    reinstate: {
      gate: reinstateUser,
      permission: 'users.manage',
      icon: 'UserCheck',
      asksReason: true,
      isFor: ({ state }) => state === 'disabled',
      input: ofPerson,
    },
  },
}
