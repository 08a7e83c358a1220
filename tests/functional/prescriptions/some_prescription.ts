import type Consultation from '#app/consultations/consultation'
import { prescribe } from '#app/prescriptions/prescribe'
import type Prescription from '#app/prescriptions/prescription'
import type User from '#app/users/user'
import { callerOf } from '#tests/acting'

export function aMedicine(more: object = {}) {
  return { medicine: 'Artéméther + luméfantrine 20/120 mg', dosage: '4 comprimés matin et soir', ...more }
}

/** What this doctor has prescribed in the consultation. */
export function somePrescription(
  doctor: User,
  { uuid }: Pick<Consultation, 'uuid'>,
  more: object = {}
): Promise<Prescription> {
  return prescribe(callerOf(doctor), { consultation: uuid, ...aMedicine(more) })
}
