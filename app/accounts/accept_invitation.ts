import { now } from '#app/core/clock'
import { useCase } from '#app/core/use_case'
import { endLinks } from '#app/accounts/account_link'
import AccountPolicy from '#app/accounts/account_policy'
import { LinkInvalid } from '#app/accounts/account_problems'
import { passwordByLinkValidator } from '#app/accounts/account_validator'
import { lookAtLink, ownerOf, takeOwnLink } from '#app/accounts/follow_link'
import { hashOfChosen } from '#app/accounts/password_strength'
import { requireRegistration } from '#app/accounts/registration'

/** Sets the first password of whoever was invited, once; they sign in with it afterwards. Errors: LinkInvalid, RegistrationClosed. */
export const acceptInvitation = useCase({
  name: 'accounts.accept_invitation',
  input: passwordByLinkValidator,
  async prepare({ token, password }, scope) {
    requireRegistration('invitation')
    const owner = await ownerOf(await lookAtLink(token, 'invitation', scope))
    scope.meet(owner)
    return hashOfChosen(password, owner)
  },
  find: ({ token }, { trx }) => takeOwnLink(token, 'invitation', trx),
  policy: [AccountPolicy, 'anybody'],
  async run({ subject: user, prepared: password, trx }) {
    if (user.password) throw new LinkInvalid()
    const signInEpoch = user.signInEpoch + 1
    await user.merge({ password, signInEpoch, emailVerifiedAt: now(), updatedAt: now() }).save()
    await endLinks(user.id, ['invitation', 'password_reset'], trx)
    await user.useTransaction(trx).load('roles')
    user.roleNames = user.roles.map(({ name }) => name)
    return user
  },
})
