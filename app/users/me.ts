import { readCase } from '#app/core/read_case'
import { PERMISSIONS } from '#app/users/default_roles'
import User from '#app/users/user'
import UserPolicy from '#app/users/user_policy'
import { meValidator } from '#app/users/user_validator'

const OWN_CHART = '(select p.uuid from patients p where p.user_id = users.id) as patient_uuid'

/** Who calls: the account, what its roles and this token allow, and the own chart where there is one. */
export const openMe = readCase({
  name: 'users.me',
  input: meValidator,
  find: (_, { caller, client }) =>
    User.query({ client })
      .select('users.*')
      .select(client.raw(OWN_CHART) as never)
      .where('users.id', caller.user.id ?? 0)
      .firstOrFail(),
  policy: [UserPolicy, 'viewSelf'],
  run: ({ subject: user, caller }) => ({
    user,
    roleNames: caller.user.roleNames,
    permissionNames: PERMISSIONS.filter((name) => caller.user.can(name)),
    patientUuid: (user.$extras.patient_uuid ?? null) as string | null,
    auditIdentity: () => user.auditIdentity(),
  }),
})
