import { BaseTransformer } from '@adonisjs/core/transformers'
import Type, { type Static } from 'typebox'
import { addendumData, addendumShape } from '#app/charts/addendum_transformer'
import { choice, instant, listOf, nullable, shape, text, uuid, version } from '#app/http/shapes'
import type LabResult from '#app/labs/lab_result'
import { LAB_FLAGS, LAB_STATES } from '#app/labs/lab_result_validator'
import { patientSummaryShape, summaryOf } from '#app/patients/patient_transformer'

export const labResultShape = shape('LabResult', {
  id: uuid(),
  patient_id: uuid(),
  consultation_id: nullable(uuid()),
  performed_by: nullable(uuid()),
  test_name: text(),
  result: text(),
  result_date: instant(),
  code: nullable(text()),
  code_system: nullable(text()),
  value: nullable(text()),
  unit: nullable(text()),
  reference_range: nullable(text()),
  flag: nullable(choice(LAB_FLAGS)),
  status: choice(LAB_STATES),
  validated_at: nullable(instant()),
  validated_by: nullable(uuid()),
  version: version(),
  created_at: instant(),
  updated_at: instant(),
  /** Where `include` asks for them. */
  patient: Type.Optional(patientSummaryShape),
  addenda: Type.Optional(listOf(addendumShape)),
})

export default class LabResultTransformer extends BaseTransformer<LabResult> {
  toObject() {
    return labResultData(this.resource)
  }
}

/** A new row has no value at all where its input gave none. */
export function labResultData(result: LabResult): Static<typeof labResultShape> {
  const { patient, addenda } = result
  return {
    id: result.uuid,
    patient_id: result.patientUuid,
    consultation_id: result.consultationUuid,
    performed_by: result.performerUuid,
    test_name: result.testName ?? '',
    result: result.result ?? '',
    result_date: result.resultDate.toISOString(),
    code: result.code ?? null,
    code_system: result.codeSystem ?? null,
    value: result.value ?? null,
    unit: result.unit ?? null,
    reference_range: result.referenceRange ?? null,
    flag: result.flag ?? null,
    status: result.status,
    validated_at: result.validatedAt?.toISOString() ?? null,
    validated_by: result.validatorUuid,
    version: result.version,
    created_at: result.createdAt.toISOString(),
    updated_at: result.updatedAt.toISOString(),
    ...(patient && { patient: summaryOf(patient) }),
    ...(addenda && { addenda: addenda.map(addendumData) }),
  }
}
