import { readCase } from '#app/core/read_case'
import Patient from '#app/patients/patient'
import PatientPolicy from '#app/patients/patient_policy'
import { onePatientValidator } from '#app/patients/patient_validator'

/** Opens one record: an access that the audit keeps. */
export const openPatient = readCase({
  name: 'patients.open',
  input: onePatientValidator,
  find: ({ id }, { caller, client }) => Patient.seenBy(caller.user, client).where('uuid', id).firstOrFail(),
  policy: [PatientPolicy, 'view'],
  run: ({ subject }) => subject,
})
