import router from '@adonisjs/core/services/router'

const SessionsController = () => import('#app/sessions/sessions_controller')

/** For whoever comes to sign in. */
export function signInRoutes() {
  router.post('/session', [SessionsController, 'store']).as('session.store')
}

/** For a session whose second factor may still be missing. */
export function pendingSessionRoutes() {
  router.get('/session', [SessionsController, 'show']).as('session.show')
  router.delete('/session', [SessionsController, 'destroy']).as('session.destroy')
}
