import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Caller } from '#app/core/caller'
import { readCase } from '#app/core/read_case'
import { PERMISSIONS } from '#app/users/default_roles'
import User from '#app/users/user'
import UserPolicy from '#app/users/user_policy'
import { meValidator } from '#app/users/user_validator'

const OWN_CHART = '(select p.uuid from patients p where p.user_id = users.id) as patient_uuid'

/** The caller's own account, with the uuid of their chart. */
export async function findMe({ user }: Caller, client: QueryClientContract): Promise<User> {
  return User.query({ client })
    .select('users.*')
    .select(client.raw(OWN_CHART) as never)
    .where('users.id', user.id ?? 0)
    .firstOrFail()
}

export function asMe(user: User, { user: actor }: Caller) {
  return {
    user,
    roleNames: actor.roleNames,
    permissionNames: PERMISSIONS.filter((name) => actor.can(name)),
    patientUuid: (user.$extras.patient_uuid ?? null) as string | null,
    auditIdentity: () => user.auditIdentity(),
  }
}

/** Who calls: the account, what its roles and this token allow, and the own chart where there is one. */
export const openMe = readCase({
  name: 'users.me',
  input: meValidator,
  find: (_, { caller, client }) => findMe(caller, client),
  policy: [UserPolicy, 'viewSelf'],
  run: ({ subject: user, caller }) => asMe(user, caller),
})
