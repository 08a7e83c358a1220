import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { findInChart, uuidOf } from '#app/charts/find_in_chart'
import { readCase } from '#app/core/read_case'
import Assignment from '#app/doctors/assignment'
import { openAssignmentValidator } from '#app/doctors/doctor_validator'
import PatientPolicy from '#app/patients/patient_policy'

/** Rows with the uuids of what they refer to. Not in the model: the model of a patient, which this needs, has it. */
export function namedAssignments(client: QueryClientContract) {
  return Assignment.query({ client })
    .select('doctor_patient.*')
    .select(uuidOf('patients', 'doctor_patient.patient_id', 'patient_uuid'))
    .select(uuidOf('users', 'doctor_patient.doctor_id', 'doctor_uuid'))
    .select(uuidOf('users', 'doctor_patient.assigned_by', 'assigner_uuid'))
    .select(uuidOf('users', 'doctor_patient.ended_by', 'ender_uuid'))
}

/** Opens one assignment, for whoever may make it. */
export const openAssignment = readCase({
  name: 'patients.open_assignment',
  input: openAssignmentValidator,
  find: ({ id }, { caller, client }) =>
    findInChart(namedAssignments(client).where('doctor_patient.uuid', id), { caller, client }),
  policy: [PatientPolicy, 'assignDoctor'],
  run: ({ subject }) => subject,
})
