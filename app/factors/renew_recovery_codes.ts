import { useCase } from '#app/core/use_case'
import { NoFactor } from '#app/factors/factor_problems'
import FactorPolicy from '#app/factors/factor_policy'
import { ownFactorsValidator } from '#app/factors/factor_validator'
import { countFactors, factorsOf, finishChange, lockOwn } from '#app/factors/own_factors'
import { makeRecoveryCodes } from '#app/factors/recovery_codes'

/** Gives new recovery codes, and ends the former ones and what was opened with them. Errors: NoFactor. */
export const renewRecoveryCodes = useCase({
  name: 'factors.renew_recovery_codes',
  stepUp: true,
  status: 201,
  input: ownFactorsValidator,
  find: (_, { caller, trx }) => lockOwn(caller, trx),
  policy: [FactorPolicy, 'change'],
  async run({ subject, trx }) {
    if (countFactors(await factorsOf(subject.user, trx)) === 0) throw new NoFactor()
    return finishChange(subject, trx, {}, await makeRecoveryCodes(subject.user, trx))
  },
})
