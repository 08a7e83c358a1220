import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type User from '#app/users/user'

/** SQL of a user's roles and permissions as two comma-separated lists, for a query whose user row is `alias`. */
export function grantColumns(alias: string): string {
  const ofRoles = `select rp.permission_id from role_permissions rp join user_roles ur on ur.role_id = rp.role_id where ur.user_id = ${alias}.id`
  const direct = `select up.permission_id from user_permissions up where up.user_id = ${alias}.id`
  return (
    `(select group_concat(r.name) from user_roles ur join roles r on r.id = ur.role_id where ur.user_id = ${alias}.id) as role_names, ` +
    `(select group_concat(p.name) from permissions p where p.id in (${ofRoles}) or p.id in (${direct})) as permission_names`
  )
}

export function splitNames(names: string | null): string[] {
  return names ? names.split(',') : []
}

/** The user with what the database grants at this moment. */
export async function withGrants(user: User, client: QueryClientContract): Promise<User> {
  const row = await client
    .from('users as u')
    .select(client.raw(grantColumns('u')) as never)
    .where('u.id', user.id)
    .firstOrFail()
  user.roleNames = splitNames(row.role_names)
  user.permissionNames = new Set(splitNames(row.permission_names))
  return user
}
