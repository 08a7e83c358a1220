import { useCase } from '#app/core/use_case'
import AccountPolicy from '#app/accounts/account_policy'
import { mailValidator } from '#app/accounts/account_validator'
import { findByEmail } from '#app/accounts/find_account'
import { queueMail } from '#app/mails/queue_mail'
import { limitRequests } from '#app/throttles/limit_tries'

/**
 * Mails a link for a new password, or tells that there is no account: nothing but the mail shows which. An account that
 * never had a password is opened by an invitation and not by whoever asks. Errors: TooManyTries.
 */
export const requestPasswordReset = useCase({
  name: 'accounts.request_password_reset',
  status: 202,
  input: mailValidator,
  prepare: ({ email }, { caller }) => limitRequests('mail', { account: email, ip: caller.ip }),
  find: ({ email }, { trx }) => findByEmail(email, trx),
  policy: [AccountPolicy, 'anybody'],
  async run({ subject: user, trx }, { email, language = 'fr' }) {
    const isOpen = user?.password && !user.isDisabled
    await queueMail(
      isOpen
        ? { kind: 'password_reset', userId: user.id, recipient: email, language: user.language }
        : { kind: 'no_account', userId: null, recipient: email, language: user?.language ?? language },
      trx
    )
    return { email }
  },
})
