import { useCase } from '#app/core/use_case'
import FactorPolicy from '#app/factors/factor_policy'
import { findOwnPasskey } from '#app/passkeys/find_passkeys'
import { countFactors, factorsOf, finishChange, lockOwn, refuseLastFactor } from '#app/factors/own_factors'
import { removePasskeyValidator } from '#app/passkeys/passkey_validator'
import { endRecoveryCodes } from '#app/factors/recovery_codes'

/** Takes one of the own passkeys away; with the last factor the recovery codes go too. Errors: LastFactor, for staff. */
export const removePasskey = useCase({
  name: 'passkeys.remove',
  stepUp: true,
  input: removePasskeyValidator,
  async find({ id }, { caller, trx }) {
    const own = await lockOwn(caller, trx)
    const passkey = await findOwnPasskey(id, own.user, trx)
    return { own, passkey, auditIdentity: () => passkey.auditIdentity() }
  },
  policy: [FactorPolicy, 'change'],
  async run({ subject: { own, passkey, auditIdentity }, trx }) {
    await refuseLastFactor(own.user, trx)
    await passkey.useTransaction(trx).delete()
    if (countFactors(await factorsOf(own.user, trx)) === 0) await endRecoveryCodes(own.user, trx)
    return { ...(await finishChange(own, trx)), auditIdentity }
  },
})
