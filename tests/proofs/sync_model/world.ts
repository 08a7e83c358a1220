import db from '@adonisjs/lucid/services/db'
import { recordConsultation } from '#app/consultations/record_consultation'
import { correctConsultation } from '#app/consultations/correct_consultation'
import { assignDoctor, unassignDoctor } from '#app/doctors/assign_doctor'
import { prescribe } from '#app/prescriptions/prescribe'
import { registerPatient } from '#app/patients/register_patient'
import { addMedicalRecord } from '#app/records/add_medical_record'
import { beginEpoch } from '#app/sync/begin_epoch'
import { numberChanges } from '#app/sync/sequencer'
import type User from '#app/users/user'
import { callerOf, someone } from '#tests/acting'
import { aPatient } from '#tests/functional/patients/some_patient'
import { DatabaseCopies } from '#tests/proofs/sync_model/database_copies'

/** What every run begins with: two doctors of three devices, a third who works elsewhere, two patients. */
export interface World {
  copies: DatabaseCopies
  /** The first has two devices. */
  doctors: [User, User]
  elsewhere: User
  patients: string[]
  consultations: string[]
}

const ANY_DAY = '2026-03-02T09:30:00.000Z'

export async function makeWorld(): Promise<World> {
  const doctors: [User, User] = [await someone('doctor'), await someone('doctor')]
  const elsewhere = await someone('doctor')
  const patients: string[] = []
  const consultations: string[] = []
  for (let n = 0; n < 2; n++) {
    const { uuid } = await registerPatient(callerOf(elsewhere), aPatient({ given_name: `Patient ${n}` }))
    for (const doctor of doctors) await assignDoctor(callerOf(), { doctor_id: doctor.uuid, patient_id: uuid })
    const visit = await recordConsultation(callerOf(elsewhere), { patient_id: uuid, date: ANY_DAY, reason: 'Fièvre' })
    await addMedicalRecord(callerOf(elsewhere), { patient_id: uuid, type: 'note', description: 'Asthme' })
    await prescribe(callerOf(elsewhere), { consultation: visit.uuid, medicine: 'Paracétamol' })
    patients.push(uuid)
    consultations.push(visit.uuid)
  }
  const copies = new DatabaseCopies()
  await copies.prepare()
  await copies.keep('first')
  return { copies, doctors, elsewhere, patients, consultations }
}

export async function assign({ doctors, patients }: World, doctor: number, patient: number, isTheirs: boolean) {
  const pair = { doctor_id: doctors[doctor]!.uuid, patient_id: patients[patient % patients.length]! }
  const work = isTheirs ? assignDoctor(callerOf(), pair) : unassignDoctor(callerOf(), pair)
  // It stands so already.
  await work.catch((error: { code?: string }) => {
    if (!['already_assigned', 'not_assigned', 'not_found'].includes(String(error.code))) throw error
  })
}

/** Somebody at a desk corrects one consultation, which every device may be correcting too. */
export async function writeElsewhere({ elsewhere, consultations }: World, which: number, token: string) {
  const id = consultations[which % consultations.length]!
  const { version, status } = await db.from('consultations').where('uuid', id).firstOrFail()
  if (status === 'cancelled') return
  const fields = [{ diagnosis: token }, { notes: token }, { reason: token }]
  await correctConsultation(callerOf(elsewhere), { id, version, ...fields[which % fields.length] })
}

/** What was kept comes back, and says from when it is. */
export async function restore({ copies }: World, restoredTo: Date): Promise<void> {
  await copies.restore('later')
  await beginEpoch(db.connection(), restoredTo)
}

/** As after ninety days: who has not pulled has missed something. */
export async function forgetChanges(): Promise<void> {
  await numberChanges()
  await db.rawQuery('update sync_heads set forgotten_seq = seq')
  await db.rawQuery('delete from sync_changes')
}
