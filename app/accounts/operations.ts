import { EXAMPLE } from '#app/http/example_ids'
import type { Operations } from '#app/http/operation'
import { acceptInvitation } from '#app/accounts/accept_invitation'
import { accountShape, changedAccountShape, mailedShape } from '#app/accounts/account_transformer'
import { confirmEmail, requestEmailChange } from '#app/accounts/change_email'
import { changePassword } from '#app/accounts/change_password'
import { closeAccount } from '#app/accounts/close_account'
import { completePasswordReset } from '#app/accounts/complete_password_reset'
import { completeRegistration } from '#app/accounts/complete_registration'
import { inviteUser, repeatInvitation } from '#app/accounts/invite_user'
import { requestPasswordReset } from '#app/accounts/request_password_reset'
import { requestRegistration } from '#app/accounts/request_registration'
import { ownSessionShape } from '#app/sessions/session_transformer'

const password = 'quatre-hiboux-dans-la-brume'
const token = 'ce-lien-n-a-jamais-ete-envoye'
const newcomer = { name: 'Fatou Sarr', email: EXAMPLE.newcomer }

export const accountOperations: Operations = {
  'registrations.store': {
    gate: requestRegistration,
    admits: 'anybody',
    answer: { one: mailedShape },
    as: 'patient',
    example: { body: { email: EXAMPLE.newcomer, language: 'fr' } },
    alsoRefused: ['registration_closed', 'too_many_tries'],
  },
  'registrations.complete': {
    gate: completeRegistration,
    admits: 'anybody',
    answer: { one: accountShape },
    as: 'patient',
    example: { body: { token: EXAMPLE.registrationLink, name: newcomer.name, password } },
    problems: { link_invalid: { body: { token, name: newcomer.name, password } } },
    alsoRefused: ['registration_closed', 'email_taken', 'too_many_tries'],
  },
  'invitations.store': {
    gate: inviteUser,
    admits: 'session',
    answer: { one: accountShape },
    as: 'admin',
    example: { body: { ...newcomer, roles: ['nurse'], language: 'fr' } },
    problems: {
      email_taken: { body: { ...newcomer, email: EXAMPLE.email } },
      unknown_role: { body: { ...newcomer, roles: ['surgeon'] } },
    },
    alsoRefused: ['registration_closed'],
  },
  'invitations.repeat': {
    gate: repeatInvitation,
    admits: 'session',
    answer: { one: accountShape },
    as: 'admin',
    example: { params: { user: EXAMPLE.invited } },
    problems: {
      account_active: { params: { user: EXAMPLE.doctor } },
      account_without_address: { params: { user: EXAMPLE.colleague } },
      user_disabled: { params: { user: EXAMPLE.departed } },
    },
    alsoRefused: ['registration_closed'],
  },
  'invitations.accept': {
    gate: acceptInvitation,
    admits: 'anybody',
    answer: { one: accountShape },
    as: 'nurse',
    example: { body: { token: EXAMPLE.invitationLink, password } },
    problems: { link_invalid: { body: { token, password } } },
    alsoRefused: ['registration_closed', 'too_many_tries'],
  },
  'password_resets.store': {
    gate: requestPasswordReset,
    admits: 'anybody',
    answer: { one: mailedShape },
    as: 'doctor',
    example: { body: { email: EXAMPLE.email } },
    alsoRefused: ['too_many_tries'],
  },
  'password_resets.complete': {
    gate: completePasswordReset,
    admits: 'anybody',
    answer: { one: changedAccountShape },
    as: 'doctor',
    example: { body: { token: EXAMPLE.resetLink, password } },
    problems: { link_invalid: { body: { token, password } } },
    alsoRefused: ['too_many_tries'],
  },
  'email_changes.confirm': {
    gate: confirmEmail,
    admits: 'anybody',
    answer: { one: changedAccountShape },
    as: 'doctor',
    example: { body: { token: EXAMPLE.emailLink } },
    problems: { link_invalid: { body: { token } } },
    alsoRefused: ['email_taken', 'too_many_tries'],
  },
  'own_account.change_password': {
    gate: changePassword,
    admits: 'session',
    answer: { one: ownSessionShape },
    as: 'doctor',
    example: { body: { current_password: EXAMPLE.password, password } },
    problems: { current_password_wrong: { body: { current_password: 'ce-n-est-pas-le-bon', password } } },
    alsoRefused: ['too_many_tries'],
  },
  'own_account.change_email': {
    gate: requestEmailChange,
    admits: 'session',
    answer: { one: mailedShape },
    as: 'doctor',
    example: { body: { email: EXAMPLE.newcomer } },
    alsoRefused: ['too_many_tries'],
  },
  'own_account.close': {
    gate: closeAccount,
    admits: 'session',
    answer: { one: changedAccountShape },
    as: 'patient',
    example: {},
    alsoRefused: ['last_administrator'],
  },
}
