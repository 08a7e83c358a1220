import { browseRoles, openRoleRow } from '#app/users/browse_roles'
import { DEFAULT_ROLES, PERMISSIONS } from '#app/users/default_roles'
import type { AdminResource } from '#admin/resource'

/** What each of them allows is changed on the page of permissions. */
export const roles: AdminResource = {
  id: 'roles',
  group: 'people',
  icon: 'Award',
  permission: 'users.view',
  title: 'name',
  properties: {
    name: { inList: true, isSortable: true, values: Object.keys(DEFAULT_ROLES) },
    people: { type: 'number', inList: true },
    held: { type: 'number', inList: true },
    permissions: { isList: true, values: PERMISSIONS },
  },
  browse: browseRoles,
  open: openRoleRow,
}
