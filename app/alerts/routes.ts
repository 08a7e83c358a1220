import router from '@adonisjs/core/services/router'

const AlertsController = () => import('#app/alerts/alerts_controller')
const AlertReviewsController = () => import('#app/alerts/alert_reviews_controller')
const EmergencyAccessesController = () => import('#app/alerts/emergency_accesses_controller')

export function alertRoutes() {
  router.get('/alerts', [AlertsController, 'index']).as('alerts.index')
  router.get('/alerts/:id', [AlertsController, 'show']).as('alerts.show')
  router.post('/alerts/:id/review', [AlertReviewsController, 'store']).as('alert_reviews.store')
  router
    .post('/patients/:patient/emergency-access', [EmergencyAccessesController, 'store'])
    .as('emergency_accesses.store')
}
