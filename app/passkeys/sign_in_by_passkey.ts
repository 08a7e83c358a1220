import { useCase } from '#app/core/use_case'
import { PasskeyInvalid } from '#app/passkeys/passkey_problems'
import { provePasskeyValidator } from '#app/passkeys/passkey_validator'
import { checkProof, useProof } from '#app/passkeys/prove_passkey'
import { beginSession } from '#app/sessions/begin_session'
import { ofSession } from '#app/sessions/own_session'
import SessionPolicy from '#app/sessions/session_policy'
import { userOfSession } from '#app/sessions/session_user'
import User from '#app/users/user'

/**
 * Signs a browser in by a passkey alone, which proves device and person and so is both factors.
 * Errors: PasskeyInvalid; TooManyTries.
 */
export const signInByPasskey = useCase({
  name: 'passkeys.sign_in',
  told: { done: 'login_success', refused: 'login_failed' },
  status: 201,
  input: provePasskeyValidator,
  prepare: (input, { caller, meet }) =>
    checkProof(input, { purpose: 'passkey_sign_in', userId: null, ip: caller.ip, meet }),
  /** The account may have been closed while the answer was being checked. */
  async find(_, { trx, prepared }) {
    const user = await User.query({ client: trx }).where('id', prepared.user.id).firstOrFail()
    if (user.isDisabled) throw new PasskeyInvalid()
    return user
  },
  policy: [SessionPolicy, 'begin'],
  async run({ subject: user, prepared, caller, trx, actAs, note }) {
    await useProof(prepared, trx)
    const begun = await beginSession({ user, withFactor: true }, caller, trx)
    const person = (await userOfSession(begun.session, trx))!
    actAs(person)
    note({ by: 'passkey', passkey: prepared.passkey.uuid })
    return ofSession(begun, person)
  },
})
