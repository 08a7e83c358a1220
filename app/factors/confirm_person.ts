import hash from '@adonisjs/core/services/hash'
import db from '@adonisjs/lucid/services/db'
import type { Caller } from '#app/core/caller'
import { now } from '#app/core/clock'
import { useCase } from '#app/core/use_case'
import { FactorNeeded, PasswordWrong } from '#app/factors/factor_problems'
import FactorPolicy from '#app/factors/factor_policy'
import { confirmationValidator } from '#app/factors/factor_validator'
import { recogniseCode, useUpCode, type Recognised } from '#app/factors/typed_code'
import { renewSession } from '#app/sessions/begin_session'
import { findOwnSession, ofSession } from '#app/sessions/own_session'
import { hasFactor, userOfSession } from '#app/sessions/session_user'
import { limitTries } from '#app/throttles/limit_tries'
import User from '#app/users/user'
import { readConnection } from '#config/database'

/**
 * Whoever is signed in proves again that it is them, before something dangerous: by a code, or by the password where there
 * is no factor. A code is as good as after the password, so that it completes a session too.
 * Errors: CodeInvalid, FactorNeeded, PasswordWrong, TooManyTries.
 */
export const confirmPerson = useCase({
  name: 'sessions.confirm',
  input: confirmationValidator,
  prepare: ({ code, password }, { caller }): Promise<Recognised | { by: 'password' }> =>
    password === undefined ? recogniseCode(caller, { code }) : checkOwnPassword(caller, password),
  async find(_, { caller, trx, prepared }) {
    const own = await findOwnSession(caller, trx)
    if (prepared.by === 'password' && (await hasFactor(own.user, trx))) throw new FactorNeeded()
    return own
  },
  policy: [FactorPolicy, 'own'],
  async run({ subject: { session }, prepared, trx, note }) {
    if (prepared.by !== 'password') await useUpCode(session.userId, prepared, trx)
    const at = now()
    const proven = prepared.by === 'password' ? { confirmedAt: at } : { factorAt: at, confirmedAt: at }
    const renewed = await renewSession(session, proven, trx)
    note({ by: prepared.by })
    return ofSession(renewed, (await userOfSession(renewed.session, trx))!)
  },
})

/** A password that is changed meanwhile ends the session, so that nothing has to be asked again. */
async function checkOwnPassword({ user: { id, uuid }, ip }: Caller, typed: string) {
  const client = db.connection(readConnection)
  if (await hasFactor({ id: id ?? 0 }, client)) throw new FactorNeeded()
  return limitTries('confirmation', { account: uuid, ip }, async () => {
    const user = await User.query({ client })
      .where('id', id ?? 0)
      .first()
    if (!user?.password || !(await hash.verify(user.password, typed))) throw new PasswordWrong()
    return { by: 'password' as const }
  })
}
