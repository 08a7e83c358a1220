import { useCase } from '#app/core/use_case'
import FactorPolicy from '#app/factors/factor_policy'
import { ownFactorsValidator } from '#app/factors/factor_validator'
import { lockOwn } from '#app/factors/own_factors'
import { newSecret, shownSecret } from '#app/factors/totp'
import { keepWaiting } from '#app/factors/totp_secret'

/** Shows a secret for a code generator. It counts once a code of it was shown; until then, a former one goes on counting. */
export const beginTotp = useCase({
  name: 'factors.begin_totp',
  stepUp: true,
  status: 201,
  input: ownFactorsValidator,
  find: (_, { caller, trx }) => lockOwn(caller, trx),
  policy: [FactorPolicy, 'change'],
  async run({ subject: { user, auditIdentity }, trx }) {
    const secret = newSecret()
    await keepWaiting(user, secret, trx)
    return { secret, ...shownSecret(secret, user.email ?? user.name), auditIdentity }
  },
})
