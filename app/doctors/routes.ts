import router from '@adonisjs/core/services/router'

const AssignmentsController = () => import('#app/doctors/assignments_controller')

export function doctorRoutes() {
  router.post('/doctors/:doctor/patients/:patient', [AssignmentsController, 'store']).as('assignments.store')
  router.delete('/doctors/:doctor/patients/:patient', [AssignmentsController, 'destroy']).as('assignments.destroy')
}
