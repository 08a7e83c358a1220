import { readCase } from '#app/core/read_case'
import Assignment from '#app/patients/assignment'
import Patient from '#app/patients/patient'
import PatientPolicy from '#app/patients/patient_policy'
import { onePatientValidator } from '#app/patients/patient_validator'

/** Opens one assignment, for whoever may make it. */
export const openAssignment = readCase({
  name: 'patients.open_assignment',
  input: onePatientValidator,
  async find({ id }, { client }) {
    const assignment = await Assignment.query({ client }).where('uuid', id).preload('doctor').firstOrFail()
    const patient = await Patient.query({ client }).where('id', assignment.patientId).firstOrFail()
    assignment.patientUuid = patient.uuid
    return Object.assign(assignment, { doctorUuid: assignment.doctor.uuid })
  },
  policy: [PatientPolicy, 'assignDoctor'],
  run: ({ subject }) => subject,
})
