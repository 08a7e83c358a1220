import { BaseTransformer } from '@adonisjs/core/transformers'
import type { Static } from 'typebox'
import type Assignment from '#app/doctors/assignment'
import { instant, nullable, shape, text, uuid, version } from '#app/http/shapes'

export const assignmentShape = shape('Assignment', {
  id: uuid(),
  doctor_id: uuid(),
  patient_id: uuid(),
  assigned_at: instant(),
  assigned_by: nullable(uuid()),
  ended_at: nullable(instant()),
  ended_by: nullable(uuid()),
  version: version(),
})

/** Who treats a patient, as it is told of the patient. */
export const assignedDoctorShape = shape('AssignedDoctor', { id: uuid(), name: text(), assigned_at: instant() })

export default class AssignmentTransformer extends BaseTransformer<Assignment> {
  toObject(): Static<typeof assignmentShape> {
    const assignment = this.resource
    return {
      id: assignment.uuid,
      doctor_id: assignment.doctorUuid,
      patient_id: assignment.patientUuid,
      assigned_at: assignment.assignedAt.toISOString(),
      assigned_by: assignment.assignerUuid,
      ended_at: assignment.endedAt?.toISOString() ?? null,
      ended_by: assignment.enderUuid,
      version: assignment.version,
    }
  }
}

export function assignedDoctorData(assignment: Assignment): Static<typeof assignedDoctorShape> {
  return {
    id: assignment.doctorUuid,
    name: assignment.doctorName,
    assigned_at: assignment.assignedAt.toISOString(),
  }
}
