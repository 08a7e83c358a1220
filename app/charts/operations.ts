import type { TSchema } from 'typebox'
import { ADDENDA } from '#app/charts/addenda_of_records'
import { addendumShape } from '#app/charts/addendum_transformer'
import * as histories from '#app/charts/histories'
import { listTimeline } from '#app/charts/timeline'
import { timelineEntryShape } from '#app/charts/timeline_transformer'
import * as versions from '#app/charts/version_transformer'
import { EXAMPLE } from '#app/http/example_ids'
import type { ExampleRole, Gate, Operation, Operations } from '#app/http/operation'

const OF = {
  consultations: { id: EXAMPLE.consultation },
  prescriptions: { consultation: EXAMPLE.consultation, id: EXAMPLE.prescription },
  medical_records: { id: EXAMPLE.record },
  lab_results: { id: EXAMPLE.labResult },
}
const text = 'Vu avec la famille : une cousine a eu la même chose'

function history(gate: Gate, version: TSchema, params: Record<string, string>): Operation {
  return { gate, answer: { many: version }, as: 'doctor', example: { params, query: { limit: '10' } } }
}

/** Both operations of one kind of record; `id` of the path is the record, and of the body the addendum. */
function addenda(name: keyof typeof ADDENDA, as: ExampleRole): Operations {
  const { list, add } = ADDENDA[name]
  const of = { as, params: { id: 'record_id' } }
  return {
    [`addenda.${name}.index`]: { ...of, gate: list, answer: { many: addendumShape }, example: { params: OF[name] } },
    [`addenda.${name}.store`]: {
      ...of,
      gate: add,
      answer: { one: addendumShape },
      example: { params: OF[name], body: { text } },
      problems: { record_exists: { params: OF[name], body: { text, id: EXAMPLE.addendum } } },
    },
  }
}

export const chartOperations: Operations = {
  'timeline.index': {
    gate: listTimeline,
    answer: { many: timelineEntryShape },
    as: 'doctor',
    example: {
      params: { patient: EXAMPLE.patient },
      query: { kinds: 'consultation,lab_result', from: '2020-01-01T00:00:00Z', limit: '10' },
    },
  },
  'histories.patients': history(histories.patientHistory, versions.patientVersionShape, { id: EXAMPLE.patient }),
  'histories.consultations': history(
    histories.consultationHistory,
    versions.consultationVersionShape,
    OF.consultations
  ),
  'histories.prescriptions': history(
    histories.prescriptionHistory,
    versions.prescriptionVersionShape,
    OF.prescriptions
  ),
  'histories.medical_records': history(
    histories.medicalRecordHistory,
    versions.medicalRecordVersionShape,
    OF.medical_records
  ),
  'histories.lab_results': history(histories.labResultHistory, versions.labResultVersionShape, OF.lab_results),
  ...addenda('consultations', 'doctor'),
  ...addenda('prescriptions', 'doctor'),
  ...addenda('medical_records', 'doctor'),
  ...addenda('lab_results', 'lab'),
}
