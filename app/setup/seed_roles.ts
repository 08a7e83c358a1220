import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { now, toSqlInstant } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { DEFAULT_ROLES, PERMISSIONS } from '#app/users/default_roles'

/**
 * Adds the permissions and roles that are missing. A role that exists keeps exactly the permissions that somebody gave
 * or took; a new permission goes to the roles that have it by default, once.
 */
export async function seedRoles(client: QueryClientContract): Promise<{ roles: number; permissions: number }> {
  const newPermissions = await addMissing(client, 'permissions', PERMISSIONS)
  const newRoles = await addMissing(client, 'roles', Object.keys(DEFAULT_ROLES))
  const idsOf = async (table: string) => {
    const rows: { id: number; name: string }[] = await client.from(table).select('id', 'name')
    return new Map(rows.map(({ id, name }) => [name, Number(id)]))
  }
  const [roles, permissions] = [await idsOf('roles'), await idsOf('permissions')]
  for (const [role, names] of Object.entries(DEFAULT_ROLES)) {
    const given = names.filter((name) => newRoles.includes(role) || newPermissions.includes(name))
    if (!given.length) continue
    await client
      .table('role_permissions')
      .multiInsert(given.map((name) => ({ role_id: roles.get(role), permission_id: permissions.get(name) })))
  }
  return { roles: newRoles.length, permissions: newPermissions.length }
}

async function addMissing(client: QueryClientContract, table: string, names: readonly string[]): Promise<string[]> {
  const rows: { name: string }[] = await client.from(table).select('name')
  const known = new Set(rows.map(({ name }) => name))
  const missing = names.filter((name) => !known.has(name))
  const at = toSqlInstant(now())
  if (missing.length)
    await client
      .table(table)
      .multiInsert(missing.map((name) => ({ uuid: newUuid(), name, created_at: at, updated_at: at })))
  return missing
}
