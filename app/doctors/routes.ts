import router from '@adonisjs/core/services/router'

const DoctorsController = () => import('#app/doctors/doctors_controller')
const DoctorPatientsController = () => import('#app/doctors/doctor_patients_controller')
const AssignmentsController = () => import('#app/doctors/assignments_controller')

export function doctorRoutes() {
  router.get('/doctors', [DoctorsController, 'index']).as('doctors.index')
  router.get('/doctors/:id', [DoctorsController, 'show']).as('doctors.show')
  router.get('/doctors/:id/patients', [DoctorPatientsController, 'index']).as('doctor_patients.index')
  router.post('/doctors/:doctor/patients/:patient', [AssignmentsController, 'store']).as('assignments.store')
  router.delete('/doctors/:doctor/patients/:patient', [AssignmentsController, 'destroy']).as('assignments.destroy')
}
