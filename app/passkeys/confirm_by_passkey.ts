import { now } from '#app/core/clock'
import { useCase } from '#app/core/use_case'
import FactorPolicy from '#app/factors/factor_policy'
import { provePasskeyValidator } from '#app/passkeys/passkey_validator'
import { checkProof, useProof } from '#app/passkeys/prove_passkey'
import { renewSession } from '#app/sessions/begin_session'
import { findOwnSession, ofSession } from '#app/sessions/own_session'
import { userOfSession } from '#app/sessions/session_user'

/**
 * Proves by one of the own passkeys that it is still them: the second factor after a password, or the step-up before
 * what is dangerous. Errors: PasskeyInvalid, somebody else's passkey included; TooManyTries.
 */
export const confirmByPasskey = useCase({
  name: 'passkeys.confirm',
  told: { done: 'second_factor_success', refused: 'second_factor_failed' },
  input: provePasskeyValidator,
  prepare: (input, { caller, meet }) =>
    checkProof(input, { purpose: 'passkey_confirmation', userId: caller.user.id ?? 0, ip: caller.ip, meet }),
  find: (_, { caller, trx }) => findOwnSession(caller, trx),
  policy: [FactorPolicy, 'own'],
  async run({ subject: { session }, prepared, trx, note, actAs }) {
    await useProof(prepared, trx)
    const at = now()
    const renewed = await renewSession(session, { factorAt: at, confirmedAt: at }, trx)
    const person = (await userOfSession(renewed.session, trx))!
    actAs(person)
    note({ by: 'passkey', passkey: prepared.passkey.uuid })
    return ofSession(renewed, person)
  },
})
