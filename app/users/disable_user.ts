import { endLinks } from '#app/accounts/account_link'
import { now, toSqlInstant } from '#app/core/clock'
import { useCase } from '#app/core/use_case'
import { keepAnAdministrator, lockGrants } from '#app/users/change_grants'
import { endSignIns } from '#app/users/end_sign_ins'
import { findUser } from '#app/users/find_user'
import { loadAccess } from '#app/users/open_user'
import UserPolicy from '#app/users/user_policy'
import { disableUserValidator } from '#app/users/user_validator'

/**
 * Closes an account; the row stays, as charts and the audit refer to it. Sessions, tokens and links end for good: were the
 * account opened again, what somebody left behind would open too. Errors: LastAdministrator.
 */
export const disableUser = useCase({
  name: 'users.disable',
  stepUp: true,
  input: disableUserValidator,
  async find({ user }, { trx }) {
    await lockGrants(trx)
    return findUser(user, trx)
  },
  policy: [UserPolicy, 'manage'],
  async run({ subject: user, trx }) {
    if (user.isDisabled) return loadAccess(user)
    const at = now()
    const closed = user.useTransaction(trx).merge({ disabledAt: at, updatedAt: at })
    await keepAnAdministrator(trx, () => closed.save())
    await endSignIns(user, trx)
    await endLinks(user.id, ['invitation', 'password_reset', 'email_change'], trx)
    const ended = { revoked_at: toSqlInstant(at), updated_at: toSqlInstant(at) }
    await trx.from('access_tokens').where('tokenable_id', user.id).whereNull('revoked_at').update(ended)
    return loadAccess(user)
  },
})

/** Opens an account again, with the roles that it had. */
export const reinstateUser = useCase({
  name: 'users.reinstate',
  stepUp: true,
  input: disableUserValidator,
  async find({ user: named }, { trx }) {
    await lockGrants(trx)
    const user = await findUser(named, trx)
    await user.load('roles')
    return user
  },
  policy: [UserPolicy, 'reinstate'],
  async run({ subject: user, trx }) {
    if (user.isDisabled) await user.useTransaction(trx).merge({ disabledAt: null, updatedAt: now() }).save()
    return loadAccess(user)
  },
})
