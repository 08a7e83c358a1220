import { useCase } from '#app/core/use_case'
import AccountPolicy from '#app/accounts/account_policy'
import { mailValidator } from '#app/accounts/account_validator'
import { findByEmail } from '#app/accounts/find_account'
import { requireRegistration } from '#app/accounts/registration'
import { queueMail } from '#app/mails/queue_mail'
import { limitRequests } from '#app/throttles/limit_tries'

/**
 * Mails a link by which somebody registers, or tells them that they have an account: nothing but the mail shows which.
 * Nobody is made before the link is followed. Errors: RegistrationClosed; TooManyTries.
 */
export const requestRegistration = useCase({
  name: 'accounts.request_registration',
  status: 202,
  input: mailValidator,
  async prepare({ email }, { caller }) {
    requireRegistration('open')
    await limitRequests('mail', { account: email, ip: caller.ip })
  },
  find: ({ email }, { trx }) => findByEmail(email, trx),
  policy: [AccountPolicy, 'anybody'],
  async run({ subject: user, trx }, { email, language = 'fr' }) {
    await queueMail(
      user
        ? { kind: 'already_registered', userId: user.id, recipient: email, language: user.language }
        : { kind: 'registration', userId: null, recipient: email, language },
      trx
    )
    return { email }
  },
})
