import { refuseBeforeBirth } from '#app/charts/correction_window'
import type Patient from '#app/patients/patient'
import type MedicalRecord from '#app/records/medical_record'
import { EndsBeforeItBegins } from '#app/records/medical_record_problems'

interface Dates {
  occurred_at?: string | null
  ended_at?: string | null
}

/**
 * Of the dates that are given, and of the record as they leave it; what a former system left stands until it is touched.
 * Errors: BeforeBirth, EndsBeforeItBegins.
 */
export function refuseDates(given: Dates, { occurredAt, endedAt }: MedicalRecord, { dob }: Patient) {
  refuseBeforeBirth(given.occurred_at, dob, '/occurred_at')
  refuseBeforeBirth(given.ended_at, dob, '/ended_at')
  const isTouched = given.occurred_at !== undefined || given.ended_at !== undefined
  if (isTouched && occurredAt && endedAt && endedAt < occurredAt) throw new EndsBeforeItBegins()
}
