import hash from '@adonisjs/core/services/hash'
import db from '@adonisjs/lucid/services/db'
import { now } from '#app/core/clock'
import { useCase } from '#app/core/use_case'
import { endLinks } from '#app/accounts/account_link'
import AccountPolicy from '#app/accounts/account_policy'
import { CurrentPasswordWrong } from '#app/accounts/account_problems'
import { changePasswordValidator } from '#app/accounts/account_validator'
import { findOwnAccount, lockOwnAccount } from '#app/accounts/find_account'
import { hashOfChosen } from '#app/accounts/password_strength'
import { queueMail } from '#app/mails/queue_mail'
import { renewSession } from '#app/sessions/begin_session'
import { findOwnSession, ofSession } from '#app/sessions/own_session'
import { userOfSession } from '#app/sessions/session_user'
import { limitTries } from '#app/throttles/limit_tries'
import { readConnection } from '#config/database'

/** Changes the own password. This session goes on under a new value, all others end. Errors: CurrentPasswordWrong. */
export const changePassword = useCase({
  name: 'accounts.change_password',
  input: changePasswordValidator,
  async prepare({ current_password, password }, { caller, meet }) {
    const user = await findOwnAccount(caller, db.connection(readConnection))
    meet(user)
    await limitTries('confirmation', { account: user.uuid, ip: caller.ip }, async () => {
      const isRight = user.password && (await hash.verify(user.password, current_password))
      if (!isRight) throw new CurrentPasswordWrong()
    })
    return { former: user.password, password: await hashOfChosen(password, user) }
  },
  /** The password may have been changed elsewhere while this one was being checked. */
  async find(_, { caller, trx, prepared }) {
    const user = await lockOwnAccount(caller, trx)
    if (user.password !== prepared.former) throw new CurrentPasswordWrong()
    return user
  },
  policy: [AccountPolicy, 'own'],
  async run({ subject: user, prepared: { password }, caller, trx }) {
    const { session } = await findOwnSession(caller, trx)
    const signInEpoch = user.signInEpoch + 1
    await user.merge({ password, signInEpoch, updatedAt: now() }).save()
    // Whoever was here before may have asked for another address.
    await endLinks(user.id, ['password_reset', 'email_change'], trx)
    const { id: userId, email: recipient, language } = user
    if (recipient) await queueMail({ kind: 'password_changed', userId, recipient, language }, trx)
    const renewed = await renewSession(session, { signInEpoch }, trx)
    return {
      ...ofSession(renewed, (await userOfSession(renewed.session, trx))!),
      auditIdentity: () => user.auditIdentity(),
    }
  },
})
