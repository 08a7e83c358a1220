// Fills charts of patients who are there, past the gate for speed: what is sealed is sealed by the application's own
// compiled code. The first patient's chart holds `entries` records in the last ten years and as many lab results.
// Usage, in the environment of the application: node bench/charts/load.mjs <consultations> <entries>
import mysql from 'mysql2/promise'
import { activeDataKeys } from '../../build/app/keys/data_keys.js'
import { sealColumns } from '../../build/app/keys/seal_columns.js'
import { openApp } from '../../build/cli/app_session.js'
import { COLUMNS, shareOf, rowsOfChart } from './rows.mjs'
import { withoutIndexes } from './without_indexes.mjs'

const BATCH = 3000
const { DB_HOST, DB_PORT, DB_USERNAME, DB_PASSWORD, DB_DATABASE } = process.env
const [consultations, entries] = process.argv.slice(2).map(Number)
const tables = Object.keys(COLUMNS)

const began = performance.now()
const close = await openApp()
const { default: database } = await import('@adonisjs/lucid/services/db')
const settings = { host: DB_HOST, port: Number(DB_PORT), user: DB_USERNAME, password: DB_PASSWORD }
const db = await mysql.createConnection({ ...settings, database: DB_DATABASE })

async function write(batch) {
  await db.query('begin')
  for (const table of tables) {
    const names = COLUMNS[table].map((column) => `\`${column}\``).join(', ')
    if (batch[table].length) await db.query(`insert into ${table} (${names}) values ?`, [batch[table]])
  }
  await db.query('commit')
}

const emptyBatch = () => Object.fromEntries(tables.map((table) => [table, []]))
const sizeOf = (batch) => tables.reduce((sum, table) => sum + batch[table].length, 0)

/** Charts one after the other, in batches; the next rows are made while the server takes these. */
async function fill(patients, users) {
  let written = Promise.resolve()
  let batch = emptyBatch()
  const send = async () => {
    await written
    written = write(batch)
    written.catch(() => {})
    batch = emptyBatch()
  }
  for (let from = 0; from < patients.length; from += 500) {
    const part = patients.slice(from, from + 500)
    const uuids = part.map(({ uuid }) => uuid)
    const keys = await activeDataKeys(uuids, database.connection())
    for (const [index, patient] of part.entries()) {
      const share = shareOf(from + index, patients.length, consultations, entries)
      for (const [table, row] of rowsOfChart(patient, users, share)) {
        const stored = sealColumns(table, row.uuid, row, keys.get(patient.uuid))
        batch[table].push(COLUMNS[table].map((column) => stored[column] ?? null))
        if (sizeOf(batch) >= BATCH) await send()
      }
    }
  }
  await send()
  await written
}

const [patients] = await db.query('select id, uuid, dob from patients order by id')
const [users] = await db.query('select id, email from users')
const idOf = (role) => users.find(({ email }) => email === `${role}@example.org`).id
await db.query('set global innodb_flush_log_at_trx_commit = 0')
await withoutIndexes(db, tables, () => fill(patients, { doctor: idOf('doctor'), lab: idOf('lab') }))
await db.query('set global innodb_flush_log_at_trx_commit = 1')
await db.query(`insert into doctor_patient (uuid, patient_id, doctor_id, assigned_at, is_open, version, created_at, updated_at)
  select uuid(), id, ${idOf('doctor')}, now(3), 1, 1, now(3), now(3) from patients order by id limit 10000`)
for (const table of [...tables, 'doctor_patient']) await db.query(`analyze table ${table}`)
const counts = await Promise.all(tables.map((table) => db.query(`select count(*) as n from ${table}`)))
await db.end()
await close()
const told = tables.map((table, index) => `${counts[index][0][0].n} ${table}`)
console.error(`${told.join(', ')} in ${Math.round((performance.now() - began) / 1000)} s`)
