import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { seedRoles } from '#app/setup/seed_roles'
import { DEFAULT_ROLES } from '#app/users/default_roles'

const TAKEN = 'patients.find'
const NEW = 'lab_results.enter'

/** What the roles may after an update, of which nothing stays. */
async function afterUpdate(before: (trx: TransactionClientContract) => PromiseLike<unknown>) {
  const trx = await db.transaction()
  try {
    await before(trx)
    await seedRoles(trx)
    return {
      lab: await permissionsOf('lab', trx),
      nurse: await permissionsOf('nurse', trx),
      made: await seedRoles(trx),
    }
  } finally {
    await trx.rollback()
  }
}

async function permissionsOf(role: string, trx: TransactionClientContract): Promise<string[]> {
  const rows: { name: string }[] = await trx
    .from('role_permissions')
    .join('roles', 'roles.id', 'role_permissions.role_id')
    .join('permissions', 'permissions.id', 'role_permissions.permission_id')
    .where('roles.name', role)
    .select('permissions.name as name')
  return rows.map(({ name }) => name)
}

async function takeFromLab(trx: TransactionClientContract) {
  const role = await trx.from('roles').where('name', 'lab').firstOrFail()
  const permission = await trx.from('permissions').where('name', TAKEN).firstOrFail()
  await trx.from('role_permissions').where({ role_id: role.id, permission_id: permission.id }).delete()
}

test.group('Roles after an update', () => {
  test('a permission that somebody took from a role is not given back', async ({ assert }) => {
    const { lab } = await afterUpdate(takeFromLab)
    assert.sameMembers(
      lab,
      DEFAULT_ROLES.lab!.filter((name) => name !== TAKEN)
    )
  })

  test('a new permission goes once to the roles that have it by default, and to no other', async ({ assert }) => {
    const { lab, nurse, made } = await afterUpdate((trx) => trx.from('permissions').where('name', NEW).delete())
    assert.sameMembers(lab, [...DEFAULT_ROLES.lab!])
    assert.sameMembers(nurse, [...DEFAULT_ROLES.nurse!])
    assert.deepEqual(made, { roles: 0, permissions: 0 })
  })
})
