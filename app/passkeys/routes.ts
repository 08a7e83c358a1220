import router from '@adonisjs/core/services/router'

const PasskeyOffersController = () => import('#app/passkeys/passkey_offers_controller')
const PasskeyProofsController = () => import('#app/passkeys/passkey_proofs_controller')
const PasskeysController = () => import('#app/passkeys/passkeys_controller')

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
