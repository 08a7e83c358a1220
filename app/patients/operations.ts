import { EXAMPLE } from '#app/http/example_ids'
import type { Operations } from '#app/http/operation'
import { correctPatient } from '#app/patients/correct_patient'
import { listPatients, searchPatients } from '#app/patients/find_patients'
import { openPatient } from '#app/patients/open_patient'
import { patientShape, patientSummaryShape } from '#app/patients/patient_transformer'
import { registerPatient } from '#app/patients/register_patient'
import { restorePatient, retirePatient } from '#app/patients/retire_patient'

const NEWCOMER = { family_name: 'Diallo', given_name: 'Aïssatou', sex: 'female', dob: '1988-04-02' }
const ofPatient = { id: EXAMPLE.patient }
const ofRetired = { id: EXAMPLE.retired }

export const patientOperations: Operations = {
  'patient_searches.index': {
    gate: searchPatients,
    answer: { many: patientSummaryShape },
    as: 'reception',
    example: { query: { national_id: EXAMPLE.takenNationalId } },
  },
  'patients.index': {
    gate: listPatients,
    answer: { many: patientShape },
    as: 'doctor',
    example: { query: { name: 'diallo', sort: '-updated_at', limit: '10', count: 'exact' } },
  },
  'patients.store': {
    gate: registerPatient,
    answer: { one: patientShape },
    as: 'reception',
    example: { body: { ...NEWCOMER, phone: '+221 77 123 45 67', national_id: EXAMPLE.freeNationalId } },
    problems: {
      national_id_taken: { body: { ...NEWCOMER, national_id: EXAMPLE.takenNationalId } },
      national_id_taken_ask: { as: 'doctor', body: { ...NEWCOMER, national_id: EXAMPLE.takenNationalId } },
      mrn_taken: { body: { ...NEWCOMER, mrn: EXAMPLE.takenMrn } },
      patient_exists: { body: { ...NEWCOMER, id: EXAMPLE.patient } },
      born_after_death: { body: { ...NEWCOMER, deceased_at: '1987-01-01T08:00:00Z' } },
    },
  },
  'patients.show': {
    gate: openPatient,
    answer: { one: patientShape },
    as: 'doctor',
    example: { params: ofPatient },
  },
  'patients.update': {
    gate: correctPatient,
    answer: { one: patientShape },
    as: 'doctor',
    example: { params: ofPatient, body: { version: 1, phone: '+221 77 123 45 67', address: null } },
    problems: {
      national_id_taken: {
        as: 'reception',
        params: ofPatient,
        body: { version: 1, national_id: EXAMPLE.takenNationalId },
      },
      national_id_taken_ask: { params: ofPatient, body: { version: 1, national_id: EXAMPLE.takenNationalId } },
      born_after_death: { params: ofPatient, body: { version: 1, deceased_at: '1901-01-01T08:00:00Z' } },
    },
  },
  'patients.destroy': {
    gate: retirePatient,
    answer: { one: patientShape },
    as: 'admin',
    example: { params: ofPatient, headers: { 'If-Match': '"1"' } },
    problems: { already_retired: { params: ofRetired, headers: { 'If-Match': '"2"' } } },
  },
  'patient_restorations.store': {
    gate: restorePatient,
    answer: { one: patientShape },
    as: 'admin',
    example: { params: ofRetired, body: { version: 2 } },
    problems: { not_retired: { params: ofPatient, body: { version: 1 } } },
  },
}
