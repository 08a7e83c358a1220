import router from '@adonisjs/core/services/router'

const LabResultsController = () => import('#app/labs/lab_results_controller')
const ValidationsController = () => import('#app/labs/validations_controller')
const ChartLabResultsController = () => import('#app/labs/chart_lab_results_controller')

export function labRoutes() {
  router.get('/patients/:patient/lab-results', [ChartLabResultsController, 'index']).as('chart_lab_results.index')
  router.get('/lab-results', [LabResultsController, 'index']).as('lab_results.index')
  router.post('/lab-results', [LabResultsController, 'store']).as('lab_results.store')
  router.get('/lab-results/:id', [LabResultsController, 'show']).as('lab_results.show')
  router.patch('/lab-results/:id', [LabResultsController, 'update']).as('lab_results.update')
  router.post('/lab-results/:id/validation', [ValidationsController, 'store']).as('validations.store')
}
