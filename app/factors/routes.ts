import router from '@adonisjs/core/services/router'

const ConfirmationsController = () => import('#app/factors/confirmations_controller')
const FactorsController = () => import('#app/factors/factors_controller')
const PasskeyOffersController = () => import('#app/factors/passkey_offers_controller')
const PasskeyProofsController = () => import('#app/factors/passkey_proofs_controller')
const PasskeysController = () => import('#app/factors/passkeys_controller')
const RecoveryCodesController = () => import('#app/factors/recovery_codes_controller')
const SecondFactorsController = () => import('#app/factors/second_factors_controller')
const TotpConfirmationsController = () => import('#app/factors/totp_confirmations_controller')
const TotpController = () => import('#app/factors/totp_controller')

/** For a session whose second factor may still be missing: to prove it, or to choose one. */
export function pendingFactorRoutes() {
  router.post('/session/second-factor', [SecondFactorsController, 'store']).as('second_factors.store')
  router.post('/session/confirmation', [ConfirmationsController, 'store']).as('session_confirmations.store')
  router.get('/me/factors', [FactorsController, 'show']).as('factors.show')
  router.post('/me/totp', [TotpController, 'store']).as('totp.store')
  router.delete('/me/totp', [TotpController, 'destroy']).as('totp.destroy')
  router.post('/me/totp/confirmation', [TotpConfirmationsController, 'store']).as('totp_confirmations.store')
  router.post('/me/recovery-codes', [RecoveryCodesController, 'store']).as('recovery_codes.store')
}

/** For a complete session. */
export function factorRoutes() {
  // An e-mail address has no place in an address that logs keep.
  router
    .delete('/users/:user/factors', [FactorsController, 'destroy'])
    .as('factors.destroy')
    .where('user', router.matchers.uuid())
}

/** For whoever comes to sign in. */
export function passkeySignInRoutes() {
  router.post('/session/passkey-options', [PasskeyOffersController, 'signIn']).as('session_passkey_offers.store')
  router.post('/session/passkey', [PasskeyProofsController, 'signIn']).as('session_passkeys.store')
}

/** For a session whose second factor may still be missing. */
export function pendingPasskeyRoutes() {
  router.post('/me/passkeys/options', [PasskeyOffersController, 'creation']).as('passkey_offers.store')
  router.post('/me/passkeys', [PasskeysController, 'store']).as('passkeys.store')
  router
    .post('/session/passkey-confirmation-options', [PasskeyOffersController, 'confirmation'])
    .as('passkey_confirmation_offers.store')
  router
    .post('/session/passkey-confirmation', [PasskeyProofsController, 'confirmation'])
    .as('passkey_confirmations.store')
}

/** For a complete session. */
export function passkeyRoutes() {
  router.get('/me/passkeys', [PasskeysController, 'index']).as('passkeys.index')
  router.patch('/me/passkeys/:id', [PasskeysController, 'update']).as('passkeys.update')
  router.delete('/me/passkeys/:id', [PasskeysController, 'destroy']).as('passkeys.destroy')
}
