import { EXAMPLE } from '#app/http/example_ids'
import type { Operations } from '#app/http/operation'
import { amendPrescription, stopPrescription } from '#app/prescriptions/amend_prescription'
import { listChartPrescriptions, listPrescriptions, openPrescription } from '#app/prescriptions/find_prescriptions'
import { prescribe } from '#app/prescriptions/prescribe'
import { prescriptionShape } from '#app/prescriptions/prescription_transformer'

const PRESCRIBED = {
  medicine: 'Artéméther + luméfantrine 20/120 mg, comprimé',
  code: 'P01BF01',
  code_system: 'ATC',
  dosage: '4 comprimés matin et soir',
  route: 'orale',
  duration: '3 jours',
}
const PENICILLIN = { medicine: 'Amoxicilline 500 mg, gélule', dosage: '1 gélule matin, midi et soir' }

const consultation = EXAMPLE.consultation
const there = { consultation, id: EXAMPLE.prescription }
const ofStopped = { consultation, id: EXAMPLE.stopped }
const ofCancelled = { consultation: EXAMPLE.cancelled, id: EXAMPLE.ofCancelled }

export const prescriptionOperations: Operations = {
  'chart_prescriptions.index': {
    gate: listChartPrescriptions,
    answer: { many: prescriptionShape },
    as: 'nurse',
    example: { params: { patient: EXAMPLE.patient }, query: { status: 'active', limit: '10' } },
  },
  'prescriptions.index': {
    gate: listPrescriptions,
    answer: { many: prescriptionShape },
    as: 'doctor',
    example: { params: { consultation }, query: { sort: 'prescribed_at', include: 'addenda' } },
  },
  'prescriptions.store': {
    gate: prescribe,
    answer: { one: prescriptionShape },
    as: 'doctor',
    example: { params: { consultation }, body: PRESCRIBED },
    problems: {
      allergy_conflict: { params: { consultation }, body: PENICILLIN },
      consultation_cancelled: { params: { consultation: EXAMPLE.cancelled }, body: PRESCRIBED },
      patient_retired: { params: { consultation: EXAMPLE.ofRetired }, body: PRESCRIBED },
      before_birth: { params: { consultation }, body: { ...PRESCRIBED, prescribed_at: '1901-01-01T09:30:00Z' } },
      record_exists: { params: { consultation }, body: { ...PRESCRIBED, id: EXAMPLE.prescription } },
    },
  },
  'prescriptions.show': {
    gate: openPrescription,
    answer: { one: prescriptionShape },
    as: 'doctor',
    example: { params: there, query: { include: 'patient,addenda' } },
  },
  'prescriptions.update': {
    gate: amendPrescription,
    answer: { one: prescriptionShape },
    as: 'doctor',
    example: { params: there, body: { version: 1, dosage: '2 comprimés matin et soir', notes: null } },
    problems: {
      allergy_conflict: { params: there, body: { version: 1, ...PENICILLIN } },
      prescription_stopped: { params: ofStopped, body: { version: 2, duration: '5 jours' } },
      consultation_cancelled: { params: ofCancelled, body: { version: 1, duration: '5 jours' } },
      addendum_required: {
        params: { consultation, id: EXAMPLE.elderPrescription },
        body: { version: 1, duration: '5 jours' },
      },
      before_birth: { params: there, body: { version: 1, prescribed_at: '1901-01-01T09:30:00Z' } },
    },
  },
  'discontinuations.store': {
    gate: stopPrescription,
    answer: { one: prescriptionShape },
    as: 'doctor',
    example: { params: there, body: { version: 1 } },
    problems: { prescription_stopped: { params: ofStopped, body: { version: 2 } } },
  },
}
