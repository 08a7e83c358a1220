import type Patient from '#app/patients/patient'
import { addMedicalRecord } from '#app/records/add_medical_record'
import type MedicalRecord from '#app/records/medical_record'
import type User from '#app/users/user'
import { callerOf } from '#tests/acting'

export const RECORDS = '/api/v1/medical-records'

export const at = ({ uuid }: { uuid: string }) => `${RECORDS}/${uuid}`

export function aNote(patient: Patient, more: object = {}) {
  return { patient_id: patient.uuid, type: 'note', description: 'Dort mieux', ...more }
}

export function anAllergy(patient: Patient, more: object = {}) {
  return aNote(patient, {
    type: 'allergy',
    description: 'Allergie à la pénicilline',
    content: { severity: 'severe', reactions: ['urticaire', 'œdème'], category: 'medication' },
    ...more,
  })
}

export function someVitals(patient: Patient, more: object = {}) {
  return aNote(patient, {
    type: 'vital_signs',
    description: 'Au repos',
    content: { measurements: [{ name: 'Température', value: 38.4, unit: 'Cel' }] },
    ...more,
  })
}

/** A record that this clinician has added. */
export function someRecord(author: User, input: object): Promise<MedicalRecord> {
  return addMedicalRecord(callerOf(author), input)
}
