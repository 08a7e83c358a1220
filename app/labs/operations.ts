import { EXAMPLE } from '#app/http/example_ids'
import type { Operations } from '#app/http/operation'
import { amendLabResult, validateLabResult } from '#app/labs/amend_lab_result'
import { enterLabResult } from '#app/labs/enter_lab_result'
import { listChartLabResults, listLabResults, openLabResult } from '#app/labs/find_lab_results'
import { labResultShape } from '#app/labs/lab_result_transformer'

const ENTERED = {
  patient_id: EXAMPLE.patient,
  consultation_id: EXAMPLE.consultation,
  test_name: 'Glycémie à jeun',
  result: '1,42 g/L',
  result_date: '2026-03-02T10:15:00Z',
  code: '2345-7',
  code_system: 'LOINC',
  value: '1.42',
  unit: 'g/L',
  reference_range: '0,70 – 1,10',
  flag: 'H',
}
const LONG_AGO = '1901-01-01T09:30:00Z'
const ofResult = { id: EXAMPLE.labResult }
const ofValidated = { id: EXAMPLE.validated }

export const labOperations: Operations = {
  'chart_lab_results.index': {
    gate: listChartLabResults,
    answer: { many: labResultShape },
    as: 'doctor',
    example: { params: { patient: EXAMPLE.patient }, query: { status: 'final', include: 'addenda' } },
  },
  'lab_results.index': {
    gate: listLabResults,
    answer: { many: labResultShape },
    as: 'lab',
    example: { query: { status: 'preliminary', sort: 'result_date', include: 'patient', limit: '10' } },
  },
  'lab_results.store': {
    gate: enterLabResult,
    answer: { one: labResultShape },
    as: 'lab',
    example: { body: ENTERED },
    problems: {
      patient_retired: { body: { ...ENTERED, patient_id: EXAMPLE.retired } },
      result_in_future: { body: { ...ENTERED, result_date: '2199-01-01T00:00:00Z' } },
      before_birth: { body: { ...ENTERED, result_date: LONG_AGO } },
      unit_without_value: { body: { ...ENTERED, value: null } },
      consultation_of_other_patient: { body: { ...ENTERED, consultation_id: EXAMPLE.nothing } },
      record_exists: { body: { ...ENTERED, id: EXAMPLE.labResult } },
    },
  },
  'lab_results.show': {
    gate: openLabResult,
    answer: { one: labResultShape },
    as: 'patient',
    example: { params: ofValidated, query: { include: 'addenda' } },
    problems: { not_found: { params: ofResult } },
  },
  'lab_results.update': {
    gate: amendLabResult,
    answer: { one: labResultShape },
    as: 'lab',
    example: { params: ofValidated, body: { version: 2, value: '1.24', result: '1,24 g/L' } },
    problems: {
      already_validated: { params: ofValidated, body: { version: 2, status: 'preliminary' } },
      addendum_required: { params: { id: EXAMPLE.elderResult }, body: { version: 1, flag: 'N' } },
      result_in_future: { params: ofResult, body: { version: 1, result_date: '2199-01-01T00:00:00Z' } },
      before_birth: { params: ofResult, body: { version: 1, result_date: LONG_AGO } },
      unit_without_value: { params: ofResult, body: { version: 1, value: null } },
    },
  },
  'validations.store': {
    gate: validateLabResult,
    answer: { one: labResultShape },
    as: 'lab',
    example: { params: ofResult, body: { version: 1 } },
    problems: { already_validated: { params: ofValidated, body: { version: 2 } } },
  },
}
