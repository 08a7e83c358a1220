import { now } from '#app/core/clock'
import { useCase } from '#app/core/use_case'
import { countAdministrators } from '#app/users/change_grants'
import { findUser } from '#app/users/find_user'
import UserPolicy from '#app/users/user_policy'
import { LastAdministrator } from '#app/users/user_problems'
import { disableUserValidator } from '#app/users/user_validator'

/** Closes an account; the row stays, as charts and the audit refer to it. */
export const disableUser = useCase({
  name: 'users.disable',
  input: disableUserValidator,
  find: ({ user }, { trx }) => findUser(user, trx),
  policy: [UserPolicy, 'manage'],
  async run({ subject: user, trx }) {
    if (user.isDisabled) return user
    await user.useTransaction(trx).merge({ disabledAt: now(), updatedAt: now() }).save()
    if ((await countAdministrators(trx)) === 0) throw new LastAdministrator()
    return user
  },
})
