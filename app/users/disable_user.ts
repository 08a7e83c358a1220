import { now } from '#app/core/clock'
import { useCase } from '#app/core/use_case'
import { keepAnAdministrator, lockGrants } from '#app/users/change_grants'
import { findUser } from '#app/users/find_user'
import UserPolicy from '#app/users/user_policy'
import { disableUserValidator } from '#app/users/user_validator'

/** Closes an account; the row stays, as charts and the audit refer to it. */
export const disableUser = useCase({
  name: 'users.disable',
  input: disableUserValidator,
  async find({ user }, { trx }) {
    await lockGrants(trx)
    return findUser(user, trx)
  },
  policy: [UserPolicy, 'manage'],
  async run({ subject: user, trx }) {
    if (user.isDisabled) return user
    const closed = user.useTransaction(trx).merge({ disabledAt: now(), updatedAt: now() })
    return keepAnAdministrator(trx, () => closed.save())
  },
})
