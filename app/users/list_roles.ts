import vine from '@vinejs/vine'
import { readCase } from '#app/core/read_case'
import Role from '#app/users/role'
import UserPolicy from '#app/users/user_policy'

const listRolesValidator = vine.create({})

/** Every role with its permissions, and how many people have it. */
export const listRoles = readCase({
  name: 'roles.list',
  input: listRolesValidator,
  find: () => null,
  policy: [UserPolicy, 'viewAny'],
  async run({ client }) {
    const roles = await Role.query({ client }).preload('permissions').orderBy('name')
    const counts = await client.from('user_roles').select('role_id').count('* as n').groupBy('role_id')
    const users = new Map(counts.map((row) => [Number(row.role_id), Number(row.n)]))
    return roles.map((role) => ({
      id: role.uuid,
      name: role.name,
      permissions: role.permissions.map(({ name }) => name).sort(),
      users: users.get(Number(role.id)) ?? 0,
    }))
  },
})
