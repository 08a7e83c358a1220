import router from '@adonisjs/core/services/router'

const ConsultationsController = () => import('#app/consultations/consultations_controller')
const CancellationsController = () => import('#app/consultations/cancellations_controller')
const ChartConsultationsController = () => import('#app/consultations/chart_consultations_controller')

export function consultationRoutes() {
  router
    .get('/patients/:patient/consultations', [ChartConsultationsController, 'index'])
    .as('chart_consultations.index')
  router.get('/consultations', [ConsultationsController, 'index']).as('consultations.index')
  router.post('/consultations', [ConsultationsController, 'store']).as('consultations.store')
  router.get('/consultations/:id', [ConsultationsController, 'show']).as('consultations.show')
  router.patch('/consultations/:id', [ConsultationsController, 'update']).as('consultations.update')
  router.post('/consultations/:id/cancellation', [CancellationsController, 'store']).as('cancellations.store')
}
