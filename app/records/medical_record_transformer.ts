import { BaseTransformer } from '@adonisjs/core/transformers'
import Type, { type Static } from 'typebox'
import { addendumData, addendumShape } from '#app/charts/addendum_transformer'
import { choice, instant, listOf, nullable, shape, text, uuid, version } from '#app/http/shapes'
import { patientSummaryShape, summaryOf } from '#app/patients/patient_transformer'
import type MedicalRecord from '#app/records/medical_record'
import { RECORD_STATES, RECORD_TYPES } from '#app/records/medical_record_validator'

/** What an import brought has the members that its source gave it, so that the answer names none. */
const contentShape = Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true })

export const medicalRecordShape = shape('MedicalRecord', {
  id: uuid(),
  patient_id: uuid(),
  doctor_id: nullable(uuid()),
  consultation_id: nullable(uuid()),
  type: choice(RECORD_TYPES),
  description: text(),
  code: nullable(text()),
  code_system: nullable(text()),
  occurred_at: nullable(instant()),
  ended_at: nullable(instant()),
  /** When it counts in the chart: when it happened, else when it was written down. */
  timeline_at: instant(),
  status: choice(RECORD_STATES),
  content: nullable(contentShape),
  version: version(),
  created_at: instant(),
  updated_at: instant(),
  /** Where `include` asks for them. */
  patient: Type.Optional(patientSummaryShape),
  addenda: Type.Optional(listOf(addendumShape)),
})

export default class MedicalRecordTransformer extends BaseTransformer<MedicalRecord> {
  toObject() {
    return medicalRecordData(this.resource)
  }
}

/** A new row has no value at all where its input gave none. */
export function medicalRecordData(record: MedicalRecord): Static<typeof medicalRecordShape> {
  const { patient, addenda } = record
  return {
    id: record.uuid,
    patient_id: record.patientUuid,
    doctor_id: record.doctorUuid,
    consultation_id: record.consultationUuid,
    type: record.type,
    description: record.description ?? '',
    code: record.code ?? null,
    code_system: record.codeSystem ?? null,
    occurred_at: record.occurredAt?.toISOString() ?? null,
    ended_at: record.endedAt?.toISOString() ?? null,
    timeline_at: (record.timelineAt ?? record.createdAt).toISOString(),
    status: record.status,
    content: record.content ? (JSON.parse(record.content) as Record<string, unknown>) : null,
    version: record.version,
    created_at: record.createdAt.toISOString(),
    updated_at: record.updatedAt.toISOString(),
    ...(patient && { patient: summaryOf(patient) }),
    ...(addenda && { addenda: addenda.map(addendumData) }),
  }
}
