import { BaseTransformer } from '@adonisjs/core/transformers'
import Type, { type Static } from 'typebox'
import { addendumData, addendumShape } from '#app/charts/addendum_transformer'
import { choice, instant, listOf, nullable, shape, text, uuid, version } from '#app/http/shapes'
import { patientSummaryShape, summaryOf } from '#app/patients/patient_transformer'
import type Prescription from '#app/prescriptions/prescription'
import { PRESCRIPTION_STATES } from '#app/prescriptions/prescription_validator'

export const prescriptionShape = shape('Prescription', {
  id: uuid(),
  patient_id: uuid(),
  consultation_id: uuid(),
  prescribed_by: nullable(uuid()),
  medicine: text(),
  code: nullable(text()),
  code_system: nullable(text()),
  dosage: nullable(text()),
  route: nullable(text()),
  duration: nullable(text()),
  notes: nullable(text()),
  override_reason: nullable(text()),
  status: choice(PRESCRIPTION_STATES),
  prescribed_at: instant(),
  stopped_at: nullable(instant()),
  version: version(),
  created_at: instant(),
  updated_at: instant(),
  /** Where `include` asks for them. */
  patient: Type.Optional(patientSummaryShape),
  addenda: Type.Optional(listOf(addendumShape)),
})

export default class PrescriptionTransformer extends BaseTransformer<Prescription> {
  toObject() {
    return prescriptionData(this.resource)
  }
}

/** A new row has no value at all where its input gave none. */
export function prescriptionData(prescription: Prescription): Static<typeof prescriptionShape> {
  const { patient, addenda } = prescription
  return {
    id: prescription.uuid,
    patient_id: prescription.patientUuid,
    consultation_id: prescription.consultationUuid,
    prescribed_by: prescription.prescriberUuid,
    medicine: prescription.medicine ?? '',
    code: prescription.code ?? null,
    code_system: prescription.codeSystem ?? null,
    dosage: prescription.dosage ?? null,
    route: prescription.route ?? null,
    duration: prescription.duration ?? null,
    notes: prescription.notes ?? null,
    override_reason: prescription.overrideReason ?? null,
    status: prescription.status,
    prescribed_at: prescription.prescribedAt.toISOString(),
    stopped_at: prescription.stoppedAt?.toISOString() ?? null,
    version: prescription.version,
    created_at: prescription.createdAt.toISOString(),
    updated_at: prescription.updatedAt.toISOString(),
    ...(patient && { patient: summaryOf(patient) }),
    ...(addenda && { addenda: addenda.map(addendumData) }),
  }
}
