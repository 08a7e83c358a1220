import { assignDoctor, unassignDoctor } from '#app/doctors/assign_doctor'
import { assignmentShape } from '#app/doctors/assignment_transformer'
import { EXAMPLE } from '#app/http/example_ids'
import type { Operations } from '#app/http/operation'

const pair = (doctor: string, patient: string) => ({ params: { doctor, patient } })

export const doctorOperations: Operations = {
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
