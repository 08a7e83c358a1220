import { endLinks } from '#app/accounts/account_link'
import { now, toSqlInstant } from '#app/core/clock'
import { useCase } from '#app/core/use_case'
import { resetFactorsValidator } from '#app/factors/factor_validator'
import { tellFactorsChanged } from '#app/factors/own_factors'
import { findPerson } from '#app/sessions/find_person'
import UserPolicy from '#app/users/user_policy'

const KEPT_IN = ['totp_secrets', 'recovery_codes', 'passkeys', 'challenges']

/**
 * Takes all factors of somebody who has lost them, and ends their sessions: a password leads them to choose a factor
 * again. Whoever does this is to know whom they have before them.
 */
export const resetFactors = useCase({
  name: 'factors.reset',
  stepUp: true,
  input: resetFactorsValidator,
  find: ({ user }, { trx }) => findPerson(user, trx),
  policy: [UserPolicy, 'manage'],
  async run({ subject: user, trx, note }) {
    // First of all, so that a factor that is being added at this moment is added before or refused after.
    await trx
      .from('users')
      .where('id', user.id)
      .increment('sign_in_epoch', 1)
      .update({ updated_at: toSqlInstant(now()) })
    const taken: Record<string, number> = {}
    for (const table of KEPT_IN) taken[table] = Number(await trx.from(table).where('user_id', user.id).delete())
    // Whoever had their factors may have asked for another address.
    await endLinks(user.id, ['email_change'], trx)
    note({ taken })
    if (Object.values(taken).some(Boolean)) await tellFactorsChanged(user, trx)
    return user
  },
})
