import vine from '@vinejs/vine'
import { browse } from '#app/core/browse'
import { readCase } from '#app/core/read_case'
import { rowUuid } from '#app/core/rules'
import Role from '#app/users/role'
import UserPolicy from '#app/users/user_policy'

/** Roles as the back office lists them. */
export const browseRoles = browse({
  name: 'roles.browse',
  policy: [UserPolicy, 'viewAny'],
  filters: {},
  sorts: { name: 'roles.name' },
  tie: 'roles.uuid',
  query: ({ client }) =>
    Role.query({ client })
      .select('roles.*')
      .select(client.raw('(select count(*) from user_roles u where u.role_id = roles.id) as people') as never)
      .select(client.raw('(select count(*) from role_permissions p where p.role_id = roles.id) as held') as never),
  show: (role) => ({
    id: role.uuid,
    name: role.name,
    people: Number(role.$extras.people),
    held: Number(role.$extras.held),
  }),
})

/** One of them, with what it allows. */
export const openRoleRow = readCase({
  name: 'roles.open',
  input: vine.create({ id: rowUuid() }),
  find: ({ id }, { client }) => Role.query({ client }).where('uuid', id).preload('permissions').firstOrFail(),
  policy: [UserPolicy, 'viewAny'],
  async run({ subject: role, client }) {
    const counted = await client.from('user_roles').where('role_id', role.id).count('* as n').firstOrFail()
    const permissions = role.permissions.map(({ name }) => name).sort()
    return {
      id: role.uuid,
      name: role.name,
      people: Number(counted.n),
      held: permissions.length,
      permissions,
      auditIdentity: () => role.auditIdentity(),
    }
  },
})
