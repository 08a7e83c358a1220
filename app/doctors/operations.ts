import { assignDoctor, unassignDoctor } from '#app/doctors/assign_doctor'
import { assignmentShape } from '#app/doctors/assignment_transformer'
import { doctorPatientShape, doctorProfileShape, doctorShape } from '#app/doctors/doctor_transformer'
import { listDoctorPatients } from '#app/doctors/find_doctor_patients'
import { listDoctors, openDoctor } from '#app/doctors/find_doctors'
import { EXAMPLE } from '#app/http/example_ids'
import type { Operations } from '#app/http/operation'

const pair = (doctor: string, patient: string) => ({ params: { doctor, patient } })

export const doctorOperations: Operations = {
  'doctors.index': {
    gate: listDoctors,
    answer: { many: doctorShape },
    as: 'reception',
    example: { query: { name: 'sow', role: 'doctor', limit: '10' } },
  },
  'doctors.show': {
    gate: openDoctor,
    answer: { one: doctorProfileShape },
    as: 'reception',
    example: { params: { id: EXAMPLE.doctor } },
  },
  'doctor_patients.index': {
    gate: listDoctorPatients,
    answer: { many: doctorPatientShape },
    as: 'doctor',
    example: { params: { id: EXAMPLE.doctor }, query: { limit: '10' } },
  },
  'assignments.store': {
    gate: assignDoctor,
    answer: { one: assignmentShape },
    as: 'reception',
    example: pair(EXAMPLE.colleague, EXAMPLE.patient),
    problems: {
      already_assigned: pair(EXAMPLE.doctor, EXAMPLE.patient),
      not_a_clinician: pair(EXAMPLE.receptionist, EXAMPLE.patient),
      user_disabled: pair(EXAMPLE.departed, EXAMPLE.patient),
    },
  },
  'assignments.destroy': {
    gate: unassignDoctor,
    answer: { one: assignmentShape },
    as: 'reception',
    example: pair(EXAMPLE.doctor, EXAMPLE.patient),
    problems: { not_assigned: pair(EXAMPLE.colleague, EXAMPLE.patient) },
  },
}
