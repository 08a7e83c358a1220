import { useCase } from '#app/core/use_case'
import { NoGenerator } from '#app/factors/factor_problems'
import FactorPolicy from '#app/factors/factor_policy'
import { ownFactorsValidator } from '#app/factors/factor_validator'
import { countFactors, factorsOf, finishChange, lockOwn, refuseLastFactor } from '#app/factors/own_factors'
import { endRecoveryCodes } from '#app/factors/recovery_codes'
import TotpSecret from '#app/factors/totp_secret'

/** Takes the own code generator away; with the last factor the recovery codes go too. Errors: NoGenerator, LastFactor. */
export const removeTotp = useCase({
  name: 'factors.remove_totp',
  stepUp: true,
  input: ownFactorsValidator,
  find: (_, { caller, trx }) => lockOwn(caller, trx),
  policy: [FactorPolicy, 'change'],
  async run({ subject, trx }) {
    const { user } = subject
    const row = await TotpSecret.of(user, trx)
    if (!row?.confirmed) throw new NoGenerator()
    await refuseLastFactor(user, trx)
    await row.useTransaction(trx).delete()
    if (countFactors(await factorsOf(user, trx)) === 0) await endRecoveryCodes(user, trx)
    return finishChange(subject, trx)
  },
})
