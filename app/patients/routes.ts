import router from '@adonisjs/core/services/router'
import { searchThrottle } from '#start/limiter'

const PatientsController = () => import('#app/patients/patients_controller')
const PatientRestorationsController = () => import('#app/patients/patient_restorations_controller')
const PatientSearchesController = () => import('#app/patients/patient_searches_controller')

export function patientRoutes() {
  router.get('/patients/search', [PatientSearchesController, 'index']).use(searchThrottle).as('patient_searches.index')
  router.get('/patients', [PatientsController, 'index']).as('patients.index')
  router.post('/patients', [PatientsController, 'store']).as('patients.store')
  router.get('/patients/:id', [PatientsController, 'show']).as('patients.show')
  router.patch('/patients/:id', [PatientsController, 'update']).as('patients.update')
  router.delete('/patients/:id', [PatientsController, 'destroy']).as('patients.destroy')
  router.post('/patients/:id/restoration', [PatientRestorationsController, 'store']).as('patient_restorations.store')
}
