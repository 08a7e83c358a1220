import { now } from '#app/core/clock'
import { useCase } from '#app/core/use_case'
import FactorPolicy from '#app/factors/factor_policy'
import { secondFactorValidator } from '#app/factors/factor_validator'
import { recogniseCode, useUpCode } from '#app/factors/typed_code'
import { renewSession } from '#app/sessions/begin_session'
import { findOwnSession, ofSession } from '#app/sessions/own_session'
import { userOfSession } from '#app/sessions/session_user'

/**
 * A code after the password: the session opens what its person may, under a new value. Wrong codes end nothing, as who
 * knows the password would simply begin another; they are counted by account. Errors: CodeInvalid, TooManyTries.
 */
export const proveSecondFactor = useCase({
  name: 'sessions.prove_second_factor',
  told: { done: 'second_factor_success', refused: 'second_factor_failed' },
  input: secondFactorValidator,
  prepare: (input, { caller }) => recogniseCode(caller, input),
  find: (_, { caller, trx }) => findOwnSession(caller, trx),
  policy: [FactorPolicy, 'own'],
  async run({ subject: { session }, prepared, trx, note, actAs }) {
    await useUpCode(session.userId, prepared, trx)
    const at = now()
    const renewed = await renewSession(session, { factorAt: at, confirmedAt: at }, trx)
    const person = (await userOfSession(renewed.session, trx))!
    actAs(person)
    note({ by: prepared.by })
    return ofSession(renewed, person)
  },
})
