import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import Assignment from '#app/doctors/assignment'

interface Treated {
  id: number
  openAssignments?: Assignment[]
}

/** Tells each of these patients who treats them, those who have done so longest first: one query for all. */
export async function includeDoctors(patients: Treated[], client: QueryClientContract) {
  if (!patients.length) return
  const ids = patients.map(({ id }) => id)
  const open = await Assignment.query({ client })
    .select('doctor_patient.*', 'users.uuid as doctor_uuid', 'users.name as doctor_name')
    .join('users', 'users.id', 'doctor_patient.doctor_id')
    .whereIn('doctor_patient.patient_id', ids)
    .where('doctor_patient.is_open', 1)
    .orderBy('doctor_patient.assigned_at')
    .orderBy('doctor_patient.uuid')
  for (const patient of patients)
    patient.openAssignments = open.filter(({ patientId }) => Number(patientId) === Number(patient.id))
}
