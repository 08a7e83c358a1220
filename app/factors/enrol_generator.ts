import { now } from '#app/core/clock'
import { useCase } from '#app/core/use_case'
import { AlreadyEnrolled } from '#app/factors/factor_problems'
import FactorPolicy from '#app/factors/factor_policy'
import { enrolGeneratorValidator } from '#app/factors/factor_validator'
import { newSecret, shownSecret } from '#app/factors/totp'
import TotpSecret, { keepWaiting } from '#app/factors/totp_secret'
import { findPerson } from '#app/sessions/find_person'
import { hasFactor } from '#app/sessions/session_user'
import { endSignIns } from '#app/users/end_sign_ins'

/**
 * Gives somebody without a factor a code generator whose codes count at once, for an account that is made ready for
 * somebody else, such as that of a demonstration. Only at the machine: whoever shows the secret could sign in themself.
 * The answer alone has the secret. Errors: NotFound, AlreadyEnrolled.
 */
export const enrolGenerator = useCase({
  name: 'factors.enrol',
  stepUp: true,
  status: 201,
  input: enrolGeneratorValidator,
  find: ({ user }, { trx }) => findPerson(user, trx),
  policy: [FactorPolicy, 'enrolOthers'],
  async run({ subject: user, trx }) {
    await endSignIns(user, trx)
    if (await hasFactor(user, trx)) throw new AlreadyEnrolled()
    const secret = newSecret()
    await keepWaiting(user, secret, trx)
    const row = (await TotpSecret.of(user, trx))!
    const at = now()
    await row.merge({ confirmedAt: at, updatedAt: at }).useTransaction(trx).save()
    return { secret, ...shownSecret(secret, user.email ?? user.name), auditIdentity: () => user.auditIdentity() }
  },
})
