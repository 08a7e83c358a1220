import { useCase } from '#app/core/use_case'
import { beginSession } from '#app/sessions/begin_session'
import { checkPassword } from '#app/sessions/check_password'
import { ofSession } from '#app/sessions/own_session'
import SessionPolicy from '#app/sessions/session_policy'
import { WrongCredentials } from '#app/sessions/session_problems'
import { userOfSession } from '#app/sessions/session_user'
import { signInValidator } from '#app/sessions/session_validator'
import { limitTries } from '#app/throttles/limit_tries'
import User from '#app/users/user'

/**
 * Signs a browser in by address and password. Where a second factor is needed, the session opens nothing but the own
 * account until that is proven too. Errors: WrongCredentials, TooManyTries.
 */
export const signIn = useCase({
  name: 'sessions.sign_in',
  told: { done: 'login_success', refused: 'login_failed' },
  status: 201,
  input: signInValidator,
  prepare: (input, { caller, meet }) =>
    limitTries('sign_in', { account: input.email, ip: caller.ip }, async () => {
      const user = await checkPassword(input, meet)
      if (!user) throw new WrongCredentials()
      return user
    }),
  /** The password may have been changed, or the account closed, while this one was being checked. */
  async find(_, { trx, prepared }) {
    const user = await User.query({ client: trx }).where('id', prepared.id).firstOrFail()
    if (user.isDisabled || user.password !== prepared.password) throw new WrongCredentials()
    return user
  },
  policy: [SessionPolicy, 'begin'],
  async run({ subject: user, caller, trx, actAs, note }) {
    const begun = await beginSession({ user, withFactor: false }, caller, trx)
    const person = (await userOfSession(begun.session, trx))!
    actAs(person)
    note({ missing: person.signIn.missing })
    return ofSession(begun, person)
  },
})
