import router from '@adonisjs/core/services/router'

const MeController = () => import('#app/users/me_controller')

export function userRoutes() {
  router.get('/me', [MeController, 'show']).as('me.show')
}
