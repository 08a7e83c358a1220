import { BaseTransformer } from '@adonisjs/core/transformers'
import Type, { type Static } from 'typebox'
import { addendumData, addendumShape } from '#app/charts/addendum_transformer'
import type Consultation from '#app/consultations/consultation'
import { CONSULTATION_STATES } from '#app/consultations/consultation_validator'
import { choice, day, instant, listOf, nullable, shape, text, uuid, version } from '#app/http/shapes'
import { patientSummaryShape, summaryOf } from '#app/patients/patient_transformer'
import { prescriptionData, prescriptionShape } from '#app/prescriptions/prescription_transformer'

export const consultationShape = shape('Consultation', {
  id: uuid(),
  patient_id: uuid(),
  doctor_id: nullable(uuid()),
  date: instant(),
  reason: nullable(text()),
  diagnosis: nullable(text()),
  diagnosis_code: nullable(text()),
  diagnosis_code_system: nullable(text()),
  notes: nullable(text()),
  follow_up_on: nullable(day()),
  status: choice(CONSULTATION_STATES),
  cancelled_at: nullable(instant()),
  cancel_reason: nullable(text()),
  version: version(),
  created_at: instant(),
  updated_at: instant(),
  /** Where `include` asks for them. */
  patient: Type.Optional(patientSummaryShape),
  prescriptions: Type.Optional(listOf(prescriptionShape)),
  addenda: Type.Optional(listOf(addendumShape)),
})

export default class ConsultationTransformer extends BaseTransformer<Consultation> {
  toObject() {
    return consultationData(this.resource)
  }
}

/** A new row has no value at all where its input gave none. */
export function consultationData(consultation: Consultation): Static<typeof consultationShape> {
  const { patient, prescriptions, addenda } = consultation
  return {
    id: consultation.uuid,
    patient_id: consultation.patientUuid,
    doctor_id: consultation.doctorUuid,
    date: consultation.date.toISOString(),
    reason: consultation.reason ?? null,
    diagnosis: consultation.diagnosis ?? null,
    diagnosis_code: consultation.diagnosisCode ?? null,
    diagnosis_code_system: consultation.diagnosisCodeSystem ?? null,
    notes: consultation.notes ?? null,
    follow_up_on: consultation.followUpOn ?? null,
    status: consultation.status,
    cancelled_at: consultation.cancelledAt?.toISOString() ?? null,
    cancel_reason: consultation.cancelReason ?? null,
    version: consultation.version,
    created_at: consultation.createdAt.toISOString(),
    updated_at: consultation.updatedAt.toISOString(),
    ...(patient && { patient: summaryOf(patient) }),
    ...(prescriptions && { prescriptions: prescriptions.map(prescriptionData) }),
    ...(addenda && { addenda: addenda.map(addendumData) }),
  }
}
