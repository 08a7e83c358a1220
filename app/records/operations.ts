import { EXAMPLE } from '#app/http/example_ids'
import type { Operations } from '#app/http/operation'
import { addMedicalRecord } from '#app/records/add_medical_record'
import { amendMedicalRecord } from '#app/records/amend_medical_record'
import { listChartRecords, openMedicalRecord } from '#app/records/find_medical_records'
import { medicalRecordShape } from '#app/records/medical_record_transformer'

const TAKEN = {
  patient_id: EXAMPLE.patient,
  consultation_id: EXAMPLE.consultation,
  type: 'vital_signs',
  description: 'Au lit, après un quart d’heure de repos',
  occurred_at: '2026-03-02T09:40:00Z',
  content: {
    measurements: [
      { name: 'Température axillaire', code: '8310-5', code_system: 'LOINC', value: 38.4, unit: 'Cel' },
      { name: 'Tension systolique', code: '8480-6', code_system: 'LOINC', value: 118, unit: 'mm[Hg]' },
    ],
  },
}
const LONG_AGO = '1901-01-01T09:30:00Z'
const ofRecord = { id: EXAMPLE.record }

export const recordOperations: Operations = {
  'chart_records.index': {
    gate: listChartRecords,
    answer: { many: medicalRecordShape },
    as: 'doctor',
    example: { params: { patient: EXAMPLE.patient }, query: { type: 'allergy', status: 'active', include: 'addenda' } },
  },
  'medical_records.store': {
    gate: addMedicalRecord,
    answer: { one: medicalRecordShape },
    as: 'nurse',
    example: { body: TAKEN },
    problems: {
      patient_retired: { body: { ...TAKEN, patient_id: EXAMPLE.retired } },
      before_birth: { body: { ...TAKEN, occurred_at: LONG_AGO } },
      ends_before_it_begins: { body: { ...TAKEN, ended_at: '2026-03-01T00:00:00Z' } },
      content_of_other_type: { body: { ...TAKEN, type: 'note' } },
      consultation_of_other_patient: { body: { ...TAKEN, consultation_id: EXAMPLE.nothing } },
      record_exists: { body: { ...TAKEN, id: EXAMPLE.record } },
    },
  },
  'medical_records.show': {
    gate: openMedicalRecord,
    answer: { one: medicalRecordShape },
    as: 'doctor',
    example: { params: { id: EXAMPLE.allergy }, query: { include: 'patient,addenda' } },
  },
  'medical_records.update': {
    gate: amendMedicalRecord,
    answer: { one: medicalRecordShape },
    as: 'doctor',
    example: { params: { id: EXAMPLE.allergy }, body: { version: 1, status: 'resolved', code: null } },
    problems: {
      addendum_required: { params: { id: EXAMPLE.elderRecord }, body: { version: 1, description: 'Revu' } },
      before_birth: { params: ofRecord, body: { version: 1, occurred_at: LONG_AGO } },
      ends_before_it_begins: {
        params: ofRecord,
        body: { version: 1, occurred_at: '2026-03-02T09:30:00Z', ended_at: '2026-03-01T09:30:00Z' },
      },
      content_of_other_type: { params: { id: EXAMPLE.allergy }, body: { version: 1, content: { lot_number: 'A123' } } },
    },
  },
}
