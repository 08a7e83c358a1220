import router from '@adonisjs/core/services/router'

const ConfirmationsController = () => import('#app/factors/confirmations_controller')
const FactorsController = () => import('#app/factors/factors_controller')
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
