import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { recordConsultation } from '#app/consultations/record_consultation'
import type { Caller } from '#app/core/caller'
import { now, toSqlInstant } from '#app/core/clock'
import { inTransaction } from '#app/core/transaction'
import { assignDoctor } from '#app/doctors/assign_doctor'
import { enrolGenerator } from '#app/factors/enrol_generator'
import { SAMPLE_MAPPING, type SampleWanted } from '#app/setup/import_sample'
import { newPassword } from '#app/setup/new_password'
import { createUser } from '#app/users/create_user'
import { withGrants } from '#app/users/grants'
import env from '#start/env'

const EMAIL = 'demo.doctor@medinfo.local'
/** Tells that there was one, so that nobody makes another of somebody who was given another address. */
const MARK = 'demo_doctor'
const HOW_MANY_PATIENTS = 12
/* Minutes between the consultations of the day, of which the first is at eight. */
const FIRST_AT_HOUR = 8
const APART_MIN = 90

export interface DemoDoctor {
  email: string
  password: string
  /** What a code generator reads (`otpauth://…`), with the secret. */
  generator: string
}

interface Wanted {
  name: string
  language: 'fr' | 'en'
  /** For what each patient of the day comes. */
  reasons: string[]
}

/**
 * Whether this installation is to have somebody to try the app as: one that is local and has the sample, and had nobody yet.
 */
export async function demoDoctorState(sample: SampleWanted): Promise<'wanted' | 'there' | 'none'> {
  if (env.get('APP_ENV') !== 'local' || !['yes', 'there'].includes(sample)) return 'none'
  const isThere =
    (await db.from('settings').where('name', MARK).first()) ?? (await db.from('users').where('email', EMAIL).first())
  return isThere ? 'there' : 'wanted'
}

export const DEMO_EMAIL = EMAIL

/**
 * Makes a doctor with a code generator, patients of the sample and consultations planned for today: all of it, or nothing,
 * as its password and secret are in this answer and nowhere else.
 */
export async function makeDemoDoctor(caller: Caller, { name, language, reasons }: Wanted): Promise<DemoDoctor> {
  const password = newPassword()
  const generator = await inTransaction(caller, async (owned) => {
    const inside = { ...caller, trx: owned }
    const doctor = await createUser(inside, { name, email: EMAIL, password, language, roles: ['doctor'] })
    const { uri } = await enrolGenerator(inside, { user: doctor.uuid })
    const patients = await samplePatients(owned.client)
    for (const patient of patients) await assignDoctor(inside, { doctor_id: doctor.uuid, patient_id: patient })
    const asDoctor = { ...inside, user: await withGrants(doctor, owned.client) }
    for (const [at, reason] of reasons.entries()) {
      const visit = { patient_id: patients[at], date: momentOfToday(at), reason, status: 'planned' }
      if (visit.patient_id) await recordConsultation(asDoctor, visit)
    }
    const at = toSqlInstant(now())
    await owned.client.table('settings').insert({ name: MARK, value: doctor.uuid, created_at: at, updated_at: at })
    return uri
  })
  return { email: EMAIL, password, generator }
}

/** Those of the sample with the fullest charts: never somebody whom the clinic has registered itself. */
async function samplePatients(trx: TransactionClientContract): Promise<string[]> {
  const rows: { uuid: string }[] = await trx
    .from('patients as p')
    .whereIn('p.uuid', (links) =>
      links
        .from('import_links as l')
        .join('import_runs as r', 'r.id', 'l.run_id')
        .where({ 'l.entity': 'patient', 'r.mapping': SAMPLE_MAPPING })
        .select('l.record_uuid')
    )
    .whereNull('p.retired_at')
    .whereNull('p.merged_into_id')
    .whereNull('p.deceased_at')
    .orderByRaw('(select count(*) from consultations c where c.patient_id = p.id) desc, p.id')
    .limit(HOW_MANY_PATIENTS)
    .select('p.uuid')
  return rows.map(({ uuid }) => uuid)
}

/** By the clock of this machine, which hangs in the same clinic. */
function momentOfToday(index: number): string {
  const at = now()
  at.setHours(FIRST_AT_HOUR, index * APART_MIN, 0, 0)
  return at.toISOString()
}
