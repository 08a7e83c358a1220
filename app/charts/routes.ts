import router from '@adonisjs/core/services/router'

const TimelineController = () => import('#app/charts/timeline_controller')
const HistoriesController = () => import('#app/charts/histories_controller')
const AddendaController = () => import('#app/charts/addenda_controller')

const RECORDS = {
  consultations: '/consultations/:id',
  prescriptions: '/consultations/:consultation/prescriptions/:id',
  medical_records: '/medical-records/:id',
  lab_results: '/lab-results/:id',
} as const

export function chartRoutes() {
  router.get('/patients/:patient/timeline', [TimelineController, 'index']).as('timeline.index')
  router.get('/patients/:id/history', [HistoriesController, 'patients']).as('histories.patients')
  for (const [name, path] of Object.entries(RECORDS)) {
    router.get(`${path}/history`, [HistoriesController, name as keyof typeof RECORDS]).as(`histories.${name}`)
    router.get(`${path}/addenda`, [AddendaController, 'index']).as(`addenda.${name}.index`)
    router.post(`${path}/addenda`, [AddendaController, 'store']).as(`addenda.${name}.store`)
  }
}
