import { ADDENDA, openAddendum } from '#app/charts/addenda_of_records'
import { cancelConsultation, correctConsultation } from '#app/consultations/correct_consultation'
import { openConsultation } from '#app/consultations/find_consultations'
import { recordConsultation } from '#app/consultations/record_consultation'
import type { Caller } from '#app/core/caller'
import type { AnyValidator } from '#app/core/validated'
import { amendLabResult, validateLabResult } from '#app/labs/amend_lab_result'
import { enterLabResult } from '#app/labs/enter_lab_result'
import { openLabResult } from '#app/labs/find_lab_results'
import { correctPatient } from '#app/patients/correct_patient'
import { openPatient } from '#app/patients/open_patient'
import { registerPatient } from '#app/patients/register_patient'
import { amendPrescription, stopPrescription } from '#app/prescriptions/amend_prescription'
import { openPrescription } from '#app/prescriptions/find_prescriptions'
import { prescribe } from '#app/prescriptions/prescribe'
import { addMedicalRecord } from '#app/records/add_medical_record'
import { amendMedicalRecord } from '#app/records/amend_medical_record'
import { openMedicalRecord } from '#app/records/find_medical_records'
import type { Entity, MutationName } from '#app/sync/protocol'
import type { SyncedRecord } from '#app/sync/synced_records'

export type SyncedRow = SyncedRecord['row']

/** A use-case as devices reach it. */
export interface MutationGate {
  (caller: Caller, input: unknown): Promise<SyncedRow>
  useCaseName: string
  input: AnyValidator
}

/** The use-case behind each name. */
export const GATES: Record<MutationName, MutationGate> = {
  'patients.register': registerPatient,
  'patients.correct': correctPatient,
  'consultations.record': recordConsultation,
  'consultations.correct': correctConsultation,
  'consultations.cancel': cancelConsultation,
  'consultations.add_addendum': ADDENDA.consultations.add,
  'prescriptions.prescribe': prescribe,
  'prescriptions.amend': amendPrescription,
  'prescriptions.stop': stopPrescription,
  'prescriptions.add_addendum': ADDENDA.prescriptions.add,
  'records.add': addMedicalRecord,
  'records.amend': amendMedicalRecord,
  'records.add_addendum': ADDENDA.medical_records.add,
  'labs.enter': enterLabResult,
  'labs.amend': amendLabResult,
  'labs.validate': validateLabResult,
  'labs.add_addendum': ADDENDA.lab_results.add,
}

/** Says something of the record as a whole: it merges with nothing that somebody else has changed meanwhile. */
export const OF_THE_WHOLE: ReadonlySet<MutationName> = new Set([
  'consultations.cancel',
  'prescriptions.stop',
  'labs.validate',
])

/** Opens a record again, which authorises and audits it. A prescription's address names its consultation too. */
export const OPENINGS: Record<Entity, (caller: Caller, id: string, data: Data) => Promise<SyncedRow>> = {
  patient: (caller, id) => openPatient(caller, { id }),
  consultation: (caller, id) => openConsultation(caller, { id }),
  prescription: (caller, id, { consultation }) => openPrescription(caller, { consultation, id }),
  medical_record: (caller, id) => openMedicalRecord(caller, { id }),
  lab_result: (caller, id) => openLabResult(caller, { id }),
  addendum: (caller, id) => openAddendum(caller, { id }),
}

type Data = Record<string, unknown>

/** What of an input is the record's address and no field of it. */
export function addressIn(name: MutationName, data: Data): Data {
  return name.startsWith('prescriptions.') && 'consultation' in data ? { consultation: data.consultation } : {}
}
