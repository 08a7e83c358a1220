import router from '@adonisjs/core/services/router'

const MedicalRecordsController = () => import('#app/records/medical_records_controller')
const ChartRecordsController = () => import('#app/records/chart_records_controller')

export function recordRoutes() {
  router.get('/patients/:patient/medical-records', [ChartRecordsController, 'index']).as('chart_records.index')
  router.post('/medical-records', [MedicalRecordsController, 'store']).as('medical_records.store')
  router.get('/medical-records/:id', [MedicalRecordsController, 'show']).as('medical_records.show')
  router.patch('/medical-records/:id', [MedicalRecordsController, 'update']).as('medical_records.update')
}
