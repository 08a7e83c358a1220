import { now } from '#app/core/clock'
import { useCase } from '#app/core/use_case'
import { endLinks } from '#app/accounts/account_link'
import AccountPolicy from '#app/accounts/account_policy'
import { passwordByLinkValidator } from '#app/accounts/account_validator'
import { lookAtLink, ownerOf, takeOwnLink } from '#app/accounts/follow_link'
import { hashOfChosen } from '#app/accounts/password_strength'
import { queueMail } from '#app/mails/queue_mail'

/**
 * Sets a new password by a mailed link and ends every session. It signs nobody in, and the second factor is asked for as
 * before: whoever reads somebody's mails has one of two. Errors: LinkInvalid.
 */
export const completePasswordReset = useCase({
  name: 'accounts.reset_password',
  input: passwordByLinkValidator,
  async prepare({ token, password }, scope) {
    const owner = await ownerOf(await lookAtLink(token, 'password_reset', scope))
    scope.meet(owner)
    return hashOfChosen(password, owner)
  },
  find: ({ token }, { trx }) => takeOwnLink(token, 'password_reset', trx),
  policy: [AccountPolicy, 'anybody'],
  async run({ subject: user, prepared: password, trx }) {
    const { id: userId, language } = user
    const recipient = user.email!
    const at = now()
    const emailVerifiedAt = user.emailVerifiedAt ?? at
    await user.merge({ password, emailVerifiedAt, signInEpoch: user.signInEpoch + 1, updatedAt: at }).save()
    // Whoever was here before may have asked for another address.
    await endLinks(userId, ['password_reset', 'email_change'], trx)
    await queueMail({ kind: 'password_changed', userId, recipient, language }, trx)
    return user
  },
})
