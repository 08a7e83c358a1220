import type Patient from '#app/patients/patient'
import type User from '#app/users/user'
import { someRecord } from '#tests/functional/records/some_record'

/** An active allergy that this doctor has noted. */
export function someAllergy(doctor: User, { uuid }: Patient, description: string, more: object = {}) {
  return someRecord(doctor, { patient_id: uuid, type: 'allergy', description, ...more })
}
