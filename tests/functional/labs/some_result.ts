import { validateLabResult } from '#app/labs/amend_lab_result'
import { enterLabResult } from '#app/labs/enter_lab_result'
import type LabResult from '#app/labs/lab_result'
import type Patient from '#app/patients/patient'
import type User from '#app/users/user'
import { callerOf } from '#tests/acting'

export const RESULTS = '/api/v1/lab-results'

export const at = ({ uuid }: { uuid: string }) => `${RESULTS}/${uuid}`

export function aResult(patient: Patient, more: object = {}) {
  return {
    patient_id: patient.uuid,
    test_name: 'Glycémie à jeun',
    result: '1,42 g/L',
    result_date: '2026-03-02T10:15:00Z',
    value: '1.42',
    unit: 'g/L',
    ...more,
  }
}

/** A result that this laboratory has entered. */
export function someResult(lab: User, patient: Patient, more: object = {}): Promise<LabResult> {
  return enterLabResult(callerOf(lab), aResult(patient, more))
}

/** One that it has validated too. */
export async function someValidated(lab: User, patient: Patient, more: object = {}): Promise<LabResult> {
  const { uuid } = await someResult(lab, patient, more)
  return validateLabResult(callerOf(lab), { id: uuid, version: 1 })
}
