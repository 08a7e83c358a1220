import { consultationShape } from '#app/consultations/consultation_transformer'
import { cancelConsultation, correctConsultation } from '#app/consultations/correct_consultation'
import { listChartConsultations, listConsultations, openConsultation } from '#app/consultations/find_consultations'
import { recordConsultation } from '#app/consultations/record_consultation'
import { EXAMPLE } from '#app/http/example_ids'
import type { Operations } from '#app/http/operation'

const HELD = {
  patient_id: EXAMPLE.patient,
  date: '2026-03-02T09:30:00Z',
  reason: 'Fièvre depuis trois jours',
  diagnosis: 'Paludisme simple',
  diagnosis_code: 'B54',
  diagnosis_code_system: 'ICD-10',
  follow_up_on: '2026-03-09',
}
const ofConsultation = { id: EXAMPLE.consultation }
const ofCancelled = { id: EXAMPLE.cancelled }

export const consultationOperations: Operations = {
  'chart_consultations.index': {
    gate: listChartConsultations,
    answer: { many: consultationShape },
    as: 'doctor',
    example: { params: { patient: EXAMPLE.patient }, query: { status: 'finished', include: 'prescriptions' } },
  },
  'consultations.index': {
    gate: listConsultations,
    answer: { many: consultationShape },
    as: 'doctor',
    example: { query: { from: '2026-01-01T00:00:00Z', sort: 'date', include: 'patient', limit: '10' } },
  },
  'consultations.store': {
    gate: recordConsultation,
    answer: { one: consultationShape },
    as: 'doctor',
    example: { body: HELD },
    problems: {
      patient_retired: { body: { ...HELD, patient_id: EXAMPLE.retired } },
      before_birth: { body: { ...HELD, date: '1901-01-01T09:30:00Z' } },
      record_exists: { body: { ...HELD, id: EXAMPLE.consultation } },
    },
  },
  'consultations.show': {
    gate: openConsultation,
    answer: { one: consultationShape },
    as: 'doctor',
    example: { params: ofConsultation, query: { include: 'patient,prescriptions,addenda' } },
  },
  'consultations.update': {
    gate: correctConsultation,
    answer: { one: consultationShape },
    as: 'doctor',
    example: { params: ofConsultation, body: { version: 1, notes: 'Revoir dans une semaine', follow_up_on: null } },
    problems: {
      consultation_cancelled: { params: ofCancelled, body: { version: 2, notes: 'Revu' } },
      addendum_required: { params: { id: EXAMPLE.elder }, body: { version: 1, notes: 'Revu' } },
      before_birth: { params: ofConsultation, body: { version: 1, date: '1901-01-01T09:30:00Z' } },
    },
  },
  'cancellations.store': {
    gate: cancelConsultation,
    answer: { one: consultationShape },
    as: 'doctor',
    example: { params: ofConsultation, body: { version: 1, reason: 'Saisie dans le mauvais dossier' } },
    problems: {
      already_cancelled: { params: ofCancelled, body: { version: 2, reason: 'Doublon' } },
      addendum_required: { params: { id: EXAMPLE.elder }, body: { version: 1, reason: 'Doublon' } },
    },
  },
}
