import { randomInt } from 'node:crypto'
import type Patient from '#app/patients/patient'
import { registerPatient } from '#app/patients/register_patient'
import { callerOf } from '#tests/acting'

/** Nine digits that no other test uses. */
export const someDigits = () => String(Date.now()).slice(-6) + String(randomInt(1_000)).padStart(3, '0')

/** A word that no other name holds, so that a search finds this test's patients and nobody else's. */
export function someWord(): string {
  return Array.from({ length: 5 }, () => 'bdfgklmnrst'[randomInt(11)]! + 'aeiou'[randomInt(5)]!).join('')
}

export function aPatient(more: object = {}) {
  return { family_name: 'Diallo', given_name: 'Aïssatou', sex: 'female', dob: '1988-04-02', ...more }
}

/** A patient that the operator has registered. */
export function somePatient(more: object = {}): Promise<Patient> {
  return registerPatient(callerOf(), aPatient(more))
}
