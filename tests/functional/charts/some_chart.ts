import db from '@adonisjs/lucid/services/db'
import type Consultation from '#app/consultations/consultation'
import { recordConsultation } from '#app/consultations/record_consultation'
import { assignDoctor } from '#app/doctors/assign_doctor'
import type Patient from '#app/patients/patient'
import type User from '#app/users/user'
import { callerOf } from '#tests/acting'
import { somePatient } from '#tests/functional/patients/some_patient'

/** A patient in the care of each of these people. */
export async function patientOf(...clinicians: User[]): Promise<Patient> {
  const patient = await somePatient()
  for (const { uuid } of clinicians) await assignDoctor(callerOf(), { doctor_id: uuid, patient_id: patient.uuid })
  return patient
}

export function aConsultation(patient: Patient, more: object = {}) {
  return { patient_id: patient.uuid, date: '2026-03-02T09:30:00Z', reason: 'Fièvre depuis trois jours', ...more }
}

/** A consultation that this doctor has recorded. */
export function someConsultation(doctor: User, patient: Patient, more: object = {}): Promise<Consultation> {
  return recordConsultation(callerOf(doctor), aConsultation(patient, more))
}

/** As if it had been written so many hours ago. */
export async function ageRow(table: string, uuid: string, hours: number) {
  const at = new Date(Date.now() - hours * 3_600_000).toISOString().replace('T', ' ').slice(0, 23)
  await db.from(table).where('uuid', uuid).update({ created_at: at })
}
