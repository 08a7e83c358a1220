import router from '@adonisjs/core/services/router'

const SettingsController = () => import('#app/settings/settings_controller')

export function settingsRoutes() {
  router.get('/settings', [SettingsController, 'show']).as('settings.show')
}

/** For a complete session. */
export function changedSettingsRoutes() {
  router.put('/settings', [SettingsController, 'update']).as('settings.update')
}
