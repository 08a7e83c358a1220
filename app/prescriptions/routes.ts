import router from '@adonisjs/core/services/router'

const PrescriptionsController = () => import('#app/prescriptions/prescriptions_controller')
const DiscontinuationsController = () => import('#app/prescriptions/discontinuations_controller')
const ChartPrescriptionsController = () => import('#app/prescriptions/chart_prescriptions_controller')

export function prescriptionRoutes() {
  router
    .get('/patients/:patient/prescriptions', [ChartPrescriptionsController, 'index'])
    .as('chart_prescriptions.index')
  const list = '/consultations/:consultation/prescriptions'
  router.get(list, [PrescriptionsController, 'index']).as('prescriptions.index')
  router.post(list, [PrescriptionsController, 'store']).as('prescriptions.store')
  router.get(`${list}/:id`, [PrescriptionsController, 'show']).as('prescriptions.show')
  router.patch(`${list}/:id`, [PrescriptionsController, 'update']).as('prescriptions.update')
  router.post(`${list}/:id/discontinuation`, [DiscontinuationsController, 'store']).as('discontinuations.store')
}
