// Gives a doctor patients of an imported sample, with some consultations today, and signs them in; past the gate for
// speed, in the environment of the application. Prints what came of it as JSON.
// Usage: node bench/pwa/clinic.mjs <patients> <consultations today>
import { openApp, operatorCaller } from '../../build/cli/app_session.js'
import { beginSession } from '../../build/app/sessions/begin_session.js'

const EMAIL = 'doctor@example.org'
const [patients, consultationsToday] = process.argv.slice(2).map(Number)
const close = await openApp()
const { default: database } = await import('@adonisjs/lucid/services/db')
const db = database.connection()
const { id: doctor, sign_in_epoch: signInEpoch } = await db.from('users').where('email', EMAIL).firstOrFail()
const chosen = await db
  .from('patients')
  .whereNull('retired_at')
  .whereNull('merged_into_id')
  .orderByRaw('(select count(*) from consultations c where c.patient_id = patients.id) desc, id')
  .limit(patients)
  .select('id')
const ids = chosen.map(({ id }) => id)
const isChosen = `patient_id in (${ids.join(', ')})`
const at = new Date().toISOString().replace('T', ' ').slice(0, 23)
await db.rawQuery(
  `insert into doctor_patient (uuid, patient_id, doctor_id, assigned_at, is_open, version, created_at, updated_at)
   select lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-7' || substr(hex(randomblob(2)), 2) || '-8'
     || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), id, ?, ?, 1, 1, ?, ?
   from patients where id in (${ids.join(', ')})`,
  [doctor, at, at, at]
)
// The latest consultation of some, moved to the hours of this day.
const everySo = Math.floor(patients / consultationsToday)
for (let n = 0; n < consultationsToday; n++) {
  const hour = new Date()
  hour.setHours(8 + (n % 12), 0, 0, 0)
  const [latest] = await db
    .from('consultations')
    .where('patient_id', ids[n * everySo])
    .orderBy('date', 'desc')
    .limit(1)
  const date = hour.toISOString().replace('T', ' ').slice(0, 23)
  await db.from('consultations').where('id', latest.id).update({ date, status: 'planned' })
}
const entries = {}
for (const table of ['consultations', 'prescriptions', 'medical_records', 'lab_results'])
  entries[table] = Number((await db.rawQuery(`select count(*) as n from ${table} where ${isChosen}`))[0].n)
const caller = operatorCaller()
const { value } = await beginSession({ user: { id: doctor, signInEpoch }, withFactor: true }, caller, db)
console.log(JSON.stringify({ patients: ids.length, entries, session: value }))
await close()
