import router from '@adonisjs/core/services/router'

const InvitationsController = () => import('#app/accounts/invitations_controller')
const OwnAccountController = () => import('#app/accounts/own_account_controller')
const PasswordResetsController = () => import('#app/accounts/password_resets_controller')
const RegistrationsController = () => import('#app/accounts/registrations_controller')

/** For whoever cannot sign in yet, or no more, and for whoever follows a mailed link. */
export function openAccountRoutes() {
  router.post('/registrations', [RegistrationsController, 'store']).as('registrations.store')
  router.post('/registrations/completion', [RegistrationsController, 'complete']).as('registrations.complete')
  router.post('/invitations/acceptance', [InvitationsController, 'accept']).as('invitations.accept')
  router.post('/password-resets', [PasswordResetsController, 'store']).as('password_resets.store')
  router.post('/password-resets/completion', [PasswordResetsController, 'complete']).as('password_resets.complete')
  router.post('/email-changes/confirmation', [OwnAccountController, 'confirmEmail']).as('email_changes.confirm')
}

/** For whoever is signed in, with all that they have to prove. */
export function ownAccountRoutes() {
  router.put('/me/password', [OwnAccountController, 'changePassword']).as('own_account.change_password')
  router.post('/me/email', [OwnAccountController, 'changeEmail']).as('own_account.change_email')
  router.post('/me/closure', [OwnAccountController, 'close']).as('own_account.close')
  router.post('/invitations', [InvitationsController, 'store']).as('invitations.store')
  router.post('/users/:user/invitation', [InvitationsController, 'repeat']).as('invitations.repeat')
}
