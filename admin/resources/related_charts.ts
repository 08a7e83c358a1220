import type { AdminResource } from '#admin/resource'

type Related = NonNullable<AdminResource['related']>

const LISTS = ['assignments', 'consultations', 'medical_records', 'prescriptions', 'lab_results']

/** All that there is of a patient, whose medical record number is the record's `by`. */
export const chartsOf = (by: string): Related => Object.fromEntries(LISTS.map((id) => [id, { filter: 'patient', by }]))

/** The patient themself. */
export const PATIENT: Related = { patients: { filter: 'mrn', by: 'patient' } }
