import type { components } from '#pwa/api/schema'
import { can } from '#pwa/session/session'

export type RecordType = components['schemas']['MedicalRecord']['type']

const RECORD_TYPES: readonly RecordType[] = [
  'vital_signs',
  'allergy',
  'condition',
  'vaccination',
  'procedure',
  'history',
  'note',
]

/** What whoever nurses a patient writes down; the rest is a doctor's. */
const OBSERVED: readonly RecordType[] = ['vital_signs', 'note']

export function recordTypes(): readonly RecordType[] {
  if (can('medical_records.add')) return RECORD_TYPES
  return can('medical_records.observe') ? OBSERVED : []
}
