import { grant, revoke } from '#app/users/change_grants'
import { PERMISSIONS } from '#app/users/default_roles'
import { listRoles } from '#app/users/list_roles'
import type { AdminAction } from '#admin/resource'
import type { AdminPage } from '#admin/pages'

const change = (gate: AdminAction['gate'], icon: string): AdminAction => ({
  gate,
  permission: 'roles.manage',
  icon,
  isDangerous: true,
  asksReason: true,
  input: (_, { role, permission }) => ({ role, permission }),
})

/** Which role may what: each change of the matrix is one grant, or one revoked. */
export const permissions: AdminPage = {
  id: 'permissions',
  group: 'people',
  icon: 'Key',
  permission: 'users.view',
  component: 'PermissionMatrix',
  async open(caller) {
    const roles = await listRoles(caller, {})
    return { roles, permissions: PERMISSIONS, may_change: caller.user.can('roles.manage') }
  },
  actions: { grant: change(grant, 'Plus'), revoke: change(revoke, 'Minus') },
}
