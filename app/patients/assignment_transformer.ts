import { BaseTransformer } from '@adonisjs/core/transformers'
import type Assignment from '#app/patients/assignment'

export default class AssignmentTransformer extends BaseTransformer<Assignment & { doctorUuid: string }> {
  toObject() {
    const assignment = this.resource
    return {
      id: assignment.uuid,
      doctor_id: assignment.doctorUuid,
      patient_id: assignment.patientUuid,
      assigned_at: assignment.assignedAt.toISOString(),
      ended_at: assignment.endedAt?.toISOString() ?? null,
      version: assignment.version,
    }
  }
}
