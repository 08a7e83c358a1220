import { now } from '#app/core/clock'
import { isDuplicate } from '#app/core/insert_rows'
import { useCase } from '#app/core/use_case'
import { endLinks, takeLink } from '#app/accounts/account_link'
import AccountPolicy from '#app/accounts/account_policy'
import { LinkInvalid } from '#app/accounts/account_problems'
import { changeEmailValidator, linkValidator } from '#app/accounts/account_validator'
import { findByEmail, lockOwnAccount } from '#app/accounts/find_account'
import { lookAtLink } from '#app/accounts/follow_link'
import { queueMail } from '#app/mails/queue_mail'
import { limitRequests } from '#app/throttles/limit_tries'
import User from '#app/users/user'
import { EmailTaken } from '#app/users/user_problems'

/**
 * Mails a link to the new address, which counts only once somebody there has followed it. One that is taken is told so by
 * mail: the answer is the same. Errors: TooManyTries.
 */
export const requestEmailChange = useCase({
  name: 'accounts.request_email_change',
  stepUp: true,
  status: 202,
  input: changeEmailValidator,
  prepare: ({ email }, { caller }) => limitRequests('mail', { account: email, ip: caller.ip }),
  find: (_, { caller, trx }) => lockOwnAccount(caller, trx),
  policy: [AccountPolicy, 'own'],
  async run({ subject: user, trx }, { email }) {
    const holder = await findByEmail(email, trx)
    await endLinks(user.id, ['email_change'], trx)
    await queueMail(
      holder
        ? { kind: 'already_registered', userId: holder.id, recipient: email, language: holder.language }
        : { kind: 'email_change', userId: user.id, recipient: email, language: user.language },
      trx
    )
    return { email, auditIdentity: () => user.auditIdentity() }
  },
})

/**
 * Takes over the address to which the link was mailed. Every session ends, and so do the links for a new password that
 * went to the former one, which is told. Errors: LinkInvalid; EmailTaken, by somebody who was faster.
 */
export const confirmEmail = useCase({
  name: 'accounts.confirm_email',
  input: linkValidator,
  prepare: ({ token }, scope) => lookAtLink(token, 'email_change', scope),
  async find({ token }, { trx }) {
    const { userId, email } = await takeLink(token, 'email_change', trx)
    const user = await User.query({ client: trx })
      .where('id', userId ?? 0)
      .forUpdate()
      .first()
    if (!user || user.isDisabled) throw new LinkInvalid()
    return { user, email, auditIdentity: () => user.auditIdentity() }
  },
  policy: [AccountPolicy, 'anybody'],
  async run({ subject: { user, email }, trx }) {
    const { id: userId, email: former, language } = user
    const [at, signInEpoch] = [now(), user.signInEpoch + 1]
    try {
      await user.merge({ email, emailVerifiedAt: at, signInEpoch, updatedAt: at }).save()
    } catch (error) {
      throw isDuplicate(error, 'email') ? new EmailTaken() : error
    }
    await endLinks(userId, ['password_reset', 'invitation', 'email_change'], trx)
    if (former) await queueMail({ kind: 'email_changed', userId, recipient: former, language }, trx)
    return user
  },
})
