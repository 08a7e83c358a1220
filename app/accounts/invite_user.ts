import { useCase } from '#app/core/use_case'
import { endLinks } from '#app/accounts/account_link'
import { AccountActive, AccountWithoutAddress } from '#app/accounts/account_problems'
import { inviteValidator, repeatInvitationValidator } from '#app/accounts/account_validator'
import { requireRegistration } from '#app/accounts/registration'
import { queueMail } from '#app/mails/queue_mail'
import { makeUser } from '#app/users/make_user'
import User from '#app/users/user'
import { UserIsDisabled } from '#app/users/user_problems'
import UserPolicy from '#app/users/user_policy'

/** Makes a user who chooses their own password by a link that is mailed. Errors: EmailTaken, UnknownRole, RegistrationClosed. */
export const inviteUser = useCase({
  name: 'accounts.invite',
  stepUp: true,
  status: 201,
  input: inviteValidator,
  find: () => null,
  policy: [UserPolicy, 'create'],
  async run({ trx, note }, input) {
    requireRegistration('invitation')
    const user = await makeUser(input, trx)
    note({ roles: user.roleNames })
    await queueMail(invitationTo(user), trx)
    return user
  },
})

/** Mails another link to somebody invited; the former one ends. Errors: AccountActive, AccountWithoutAddress, … */
export const repeatInvitation = useCase({
  name: 'accounts.repeat_invitation',
  stepUp: true,
  status: 201,
  input: repeatInvitationValidator,
  find: ({ user }, { trx }) =>
    User.query({ client: trx }).where('uuid', user).preload('roles').forUpdate().firstOrFail(),
  policy: [UserPolicy, 'manage'],
  async run({ subject: user, trx }) {
    requireRegistration('invitation')
    if (user.isDisabled) throw new UserIsDisabled()
    if (user.password) throw new AccountActive()
    if (!user.email) throw new AccountWithoutAddress()
    user.roleNames = user.roles.map(({ name }) => name)
    await endLinks(user.id, ['invitation'], trx)
    await queueMail(invitationTo(user), trx)
    return user
  },
})

function invitationTo({ id, email, language }: User) {
  return { kind: 'invitation', userId: id, recipient: email!, language } as const
}
