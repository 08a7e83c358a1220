import { BaseTransformer } from '@adonisjs/core/transformers'
import Type, { type Static } from 'typebox'
import type { DoctorPatient } from '#app/doctors/find_doctor_patients'
import { choice, instant, listOf, nullable, shape, text, uuid } from '#app/http/shapes'
import { patientSummaryShape, summaryOf } from '#app/patients/patient_transformer'
import type User from '#app/users/user'

const told = { id: uuid(), name: text(), roles: listOf(text()) }

export const doctorShape = shape('Doctor', told)

export const doctorProfileShape = shape('DoctorProfile', {
  ...told,
  email: nullable(text()),
  language: choice(['fr', 'en']),
  /** How many they treat at present; null for whoever may not know. */
  patients: nullable(Type.Integer({ minimum: 0 })),
})

export const doctorPatientShape = shape('DoctorPatient', {
  ...patientSummaryShape.properties,
  assigned_at: instant(),
  ended_at: nullable(instant()),
})

export default class DoctorTransformer extends BaseTransformer<User> {
  toObject() {
    return doctorData(this.resource)
  }
}

export class DoctorProfileTransformer extends BaseTransformer<User & { patientCount: number | null }> {
  toObject(): Static<typeof doctorProfileShape> {
    const { email, language, patientCount } = this.resource
    return { ...doctorData(this.resource), email, language, patients: patientCount }
  }
}

export class DoctorPatientTransformer extends BaseTransformer<DoctorPatient> {
  toObject(): Static<typeof doctorPatientShape> {
    const { patient, assignedAt, endedAt } = this.resource
    return {
      ...summaryOf(patient),
      assigned_at: assignedAt.toISOString(),
      ended_at: endedAt?.toISOString() ?? null,
    }
  }
}

function doctorData({ uuid: id, name, roleNames }: User): Static<typeof doctorShape> {
  return { id, name, roles: [...roleNames] }
}
