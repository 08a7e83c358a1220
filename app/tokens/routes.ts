import router from '@adonisjs/core/services/router'

const OwnTokensController = () => import('#app/tokens/own_tokens_controller')

/** For a complete session: the own tokens. */
export function tokenRoutes() {
  router.get('/me/tokens', [OwnTokensController, 'index']).as('own_tokens.index')
  router.post('/me/tokens', [OwnTokensController, 'store']).as('own_tokens.store')
  router.delete('/me/tokens/:id', [OwnTokensController, 'destroy']).as('own_tokens.destroy')
}
