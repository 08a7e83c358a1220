import router from '@adonisjs/core/services/router'

const SessionsController = () => import('#app/sessions/sessions_controller')
const OwnSessionsController = () => import('#app/sessions/own_sessions_controller')
const UserSessionsController = () => import('#app/sessions/user_sessions_controller')

/* An e-mail address has no place in an address that logs keep. */
const byUuid = router.matchers.uuid()

/** For whoever comes to sign in. */
export function signInRoutes() {
  router.post('/session', [SessionsController, 'store']).as('session.store')
}

/** For a session whose second factor may still be missing. */
export function pendingSessionRoutes() {
  router.get('/session', [SessionsController, 'show']).as('session.show')
  router.delete('/session', [SessionsController, 'destroy']).as('session.destroy')
}

/** For a complete session: the browsers in which somebody is signed in. */
export function sessionRoutes() {
  router.get('/me/sessions', [OwnSessionsController, 'index']).as('own_sessions.index')
  router.delete('/me/sessions', [OwnSessionsController, 'destroyOthers']).as('own_sessions.destroy_others')
  router.delete('/me/sessions/:id', [OwnSessionsController, 'destroy']).as('own_sessions.destroy')
  router.get('/users/:user/sessions', [UserSessionsController, 'index']).as('user_sessions.index').where('user', byUuid)
  router
    .delete('/users/:user/sessions', [UserSessionsController, 'destroy'])
    .as('user_sessions.destroy')
    .where('user', byUuid)
}
