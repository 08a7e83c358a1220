import { inviteUser } from '#app/accounts/invite_user'
import { browseUsers, openUserRow } from '#app/users/browse_users'
import { disableUser, reinstateUser } from '#app/users/disable_user'
import { DEFAULT_ROLES } from '#app/users/default_roles'
import { USER_STATES } from '#app/users/user_validator'
import type { AdminResource } from '#admin/resource'

export const users: AdminResource = {
  id: 'users',
  group: 'people',
  icon: 'Users',
  permission: 'users.view',
  title: 'name',
  properties: {
    name: { inList: true, isFilter: true, isSortable: true },
    email: { inList: true, isFilter: true },
    roles: { inList: true, isList: true },
    state: { inList: true, isFilter: true, values: USER_STATES },
    language: { values: ['fr', 'en'] },
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
        role: { type: 'choice', values: Object.keys(DEFAULT_ROLES) },
        language: { type: 'choice', values: ['fr', 'en'], isRequired: true },
      },
      input: (_, { role, ...typed }) => ({ ...typed, ...(role ? { roles: [role] } : {}) }),
    },
  },
  actions: {
    disable: {
      gate: disableUser,
      permission: 'users.manage',
      icon: 'UserX',
      isDangerous: true,
      isFor: ({ state }) => state === 'active',
      input: (row) => ({ user: row!.id }),
    },
    reinstate: {
      gate: reinstateUser,
      permission: 'users.manage',
      icon: 'UserCheck',
      isFor: ({ state }) => state === 'disabled',
      input: (row) => ({ user: row!.id }),
    },
  },
}
