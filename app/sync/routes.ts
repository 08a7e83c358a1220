import router from '@adonisjs/core/services/router'

const BootstrapController = () => import('#app/sync/bootstrap_controller')
const DevicesController = () => import('#app/sync/devices_controller')
const SyncController = () => import('#app/sync/sync_controller')
const UserDevicesController = () => import('#app/sync/user_devices_controller')

/* An e-mail address has no place in an address that logs keep. */
const byUuid = router.matchers.uuid()

/** For a complete session: the devices that keep charts. */
export function deviceRoutes() {
  router.get('/me/devices', [DevicesController, 'index']).as('devices.index')
  router.post('/me/devices', [DevicesController, 'store']).as('devices.store')
  router.delete('/me/devices/:id', [DevicesController, 'destroy']).as('devices.destroy')
  router.get('/users/:user/devices', [UserDevicesController, 'index']).as('user_devices.index').where('user', byUuid)
  router
    .delete('/users/:user/devices/:id', [UserDevicesController, 'destroy'])
    .as('user_devices.destroy')
    .where('user', byUuid)
}

/** For a device and its credential. */
export function syncRoutes() {
  router.post('/sync', [SyncController, 'store']).as('sync.store')
  router.get('/sync/bootstrap', [BootstrapController, 'show']).as('sync.bootstrap')
}
