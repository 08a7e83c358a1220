import { readCase } from '#app/core/read_case'
import { includeDoctors } from '#app/doctors/include_doctors'
import Patient from '#app/patients/patient'
import PatientPolicy from '#app/patients/patient_policy'
import { openPatientValidator } from '#app/patients/patient_validator'

/** Opens one record, with what `include` names: an access that the audit keeps. */
export const openPatient = readCase({
  name: 'patients.open',
  input: openPatientValidator,
  find: ({ id }, { caller, client }) => Patient.seenBy(caller.user, client).where('uuid', id).firstOrFail(),
  policy: [PatientPolicy, 'view'],
  async run({ subject, client }, { include }) {
    if (include?.includes('doctors')) await includeDoctors([subject], client)
    return subject
  },
})
