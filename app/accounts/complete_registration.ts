import { now } from '#app/core/clock'
import { useCase } from '#app/core/use_case'
import { takeLink } from '#app/accounts/account_link'
import AccountPolicy from '#app/accounts/account_policy'
import { completeRegistrationValidator } from '#app/accounts/account_validator'
import { lookAtLink } from '#app/accounts/follow_link'
import { hashOfChosen } from '#app/accounts/password_strength'
import { requireRegistration } from '#app/accounts/registration'
import { makeUser } from '#app/users/make_user'

/**
 * Makes the account of whoever followed the link: a patient's, linked to no chart, as an address proves nothing about a
 * patient. Errors: LinkInvalid; EmailTaken, for whoever was invited meanwhile; RegistrationClosed.
 */
export const completeRegistration = useCase({
  name: 'accounts.complete_registration',
  status: 201,
  input: completeRegistrationValidator,
  async prepare({ token, name, password }, scope) {
    requireRegistration('open')
    const { email } = await lookAtLink(token, 'registration', scope)
    return hashOfChosen(password, { name, email })
  },
  find: ({ token }, { trx }) => takeLink(token, 'registration', trx),
  policy: [AccountPolicy, 'anybody'],
  async run({ subject: { email, language }, prepared: passwordHash, trx, note }, { name }) {
    const roles = ['patient']
    note({ roles })
    return makeUser({ name, email, language, roles, passwordHash, emailVerifiedAt: now() }, trx)
  },
})
