import router from '@adonisjs/core/services/router'

const DisablementsController = () => import('#app/users/disablements_controller')
const MeController = () => import('#app/users/me_controller')
const RolesController = () => import('#app/users/roles_controller')
const UserRolesController = () => import('#app/users/user_roles_controller')
const UsersController = () => import('#app/users/users_controller')

/* An e-mail address has no place in an address that logs keep. */
const byUuid = router.matchers.uuid()

/** For whoever is signed in, about their own account. */
export function profileRoutes() {
  router.patch('/me', [MeController, 'update']).as('me.update')
}

/** For a complete session: who may what. */
export function accessRoutes() {
  router
    .group(() => {
      router.post('/disablement', [DisablementsController, 'store']).as('disablements.store')
      router.delete('/disablement', [DisablementsController, 'destroy']).as('disablements.destroy')
      router.put('/roles/:role', [UserRolesController, 'update']).as('user_roles.update')
      router.delete('/roles/:role', [UserRolesController, 'destroy']).as('user_roles.destroy')
    })
    .prefix('/users/:user')
    .where('user', byUuid)
}

export function userRoutes() {
  router.get('/me', [MeController, 'show']).as('me.show')
  router.get('/users', [UsersController, 'index']).as('users.index')
  router.get('/users/:user', [UsersController, 'show']).as('users.show').where('user', byUuid)
  router.get('/roles', [RolesController, 'index']).as('roles.index')
}
