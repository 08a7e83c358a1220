// Fills the database of the environment with patients of the sample's kind, past the gate for speed: the columns, the
// seals, the words of the names and the blind tokens are made by the application's own compiled code.
// Usage: node bench/search/load.mjs <patients>
import Sqlite from 'better-sqlite3'
import mysql from 'mysql2/promise'
import { v7 } from 'uuid'
import { newDataKey } from '../../build/app/keys/data_keys.js'
import { blindIndexer } from '../../build/app/keys/blind_index.js'
import { sealColumns } from '../../build/app/keys/seal_columns.js'
import { nameRows, patientColumns } from '../../build/app/patients/patient_columns.js'
import { tokensOf } from '../../build/app/patients/patient_tokens.js'
import { openApp } from '../../build/cli/app_session.js'
import { sqliteFile } from '../../build/start/env.js'
import { patientOf } from './person.mjs'

const BATCH = 2000
const { DB_CONNECTION, DB_HOST, DB_PORT, DB_USERNAME, DB_PASSWORD, DB_DATABASE, NATIONAL_ID_COUNTRY } = process.env
const COLUMNS = {
  data_keys: 'id subject_type subject_uuid generation master_key_id wrapped state created_at updated_at',
  patients:
    'id uuid version mrn family_name given_name sort_name sex dob national_id national_id_country phone email address created_at updated_at',
  patient_names: 'token sound patient_id',
  blind_indexes: 'field_id key_version token row_uuid',
  unique_blind_indexes: 'field_id key_version token row_uuid',
}

async function mariadbWriter() {
  const settings = { host: DB_HOST, port: Number(DB_PORT), user: DB_USERNAME, password: DB_PASSWORD }
  const db = await mysql.createConnection({ ...settings, database: DB_DATABASE })
  await db.query('set session unique_checks = 0, foreign_key_checks = 0')
  return {
    async write(tables) {
      await db.query('begin')
      for (const [table, rows] of Object.entries(tables))
        await db.query(`insert into ${table} (${COLUMNS[table].replaceAll(' ', ', ')}) values ?`, [rows])
      await db.query('commit')
    },
    async end() {
      for (const table of Object.keys(COLUMNS)) await db.query(`analyze table ${table}`)
      await db.end()
    },
  }
}

function sqliteWriter() {
  const db = new Sqlite(sqliteFile())
  db.pragma('synchronous = OFF')
  db.pragma('cache_size = -400000')
  db.pragma('foreign_keys = OFF')
  const statements = Object.fromEntries(
    Object.entries(COLUMNS).map(([table, columns]) => {
      const names = columns.split(' ')
      return [table, db.prepare(`insert into ${table} (${names}) values (${names.map(() => '?')})`)]
    })
  )
  const write = db.transaction((tables) => {
    for (const [table, rows] of Object.entries(tables)) for (const row of rows) statements[table].run(row)
  })
  return {
    write: async (tables) => write(tables),
    // No ANALYZE: the application runs none on SQLite, so that its plans are chosen without figures here too.
    end: async () => db.close(),
  }
}

async function rowsOf(from, to, tokensUnder) {
  const tables = Object.fromEntries(Object.keys(COLUMNS).map((table) => [table, []]))
  for (let index = from; index < to; index++) {
    const person = patientOf(index)
    const uuid = v7()
    const { dataKey, row } = await newDataKey('patient', uuid)
    const columns = patientColumns(
      {
        family_name: person.family,
        given_name: person.given,
        sex: person.sex === 'M' ? 'male' : 'female',
        dob: person.born.toISOString().slice(0, 10),
        national_id: person.nationalId,
        national_id_country: person.country || 'generic',
        phone: person.phone,
        address: person.address,
      },
      NATIONAL_ID_COUNTRY
    )
    const { familyName, givenName, sortName, sex, dob, nationalId, nationalIdCountry } = columns
    const { phone, email, address } = columns
    const sealed = sealColumns('patients', uuid, { national_id: nationalId, phone, email, address }, dataKey)
    const names = [familyName, givenName, sortName, sex, dob]
    const contact = [sealed.national_id, nationalIdCountry, sealed.phone, sealed.email, sealed.address]
    const { created_at: at } = row
    tables.data_keys.push(COLUMNS.data_keys.split(' ').map((column) => row[column]))
    tables.patients.push([index + 1, uuid, 1, person.number, ...names, ...contact, at, at])
    for (const { token, sound } of nameRows(columns)) tables.patient_names.push([token, sound, index + 1])
    const { unique, shared } = tokensOf(columns, NATIONAL_ID_COUNTRY, tokensUnder)
    const tokenRow = ({ field_id, key_version, token }) => [field_id, key_version, token, uuid]
    tables.blind_indexes.push(...shared.map(tokenRow))
    tables.unique_blind_indexes.push(...unique.map(tokenRow))
  }
  return tables
}

const patients = Number(process.argv[2])
const began = performance.now()
const close = await openApp()
// There is none before the application has booted.
const { default: db } = await import('@adonisjs/lucid/services/db')
const tokensUnder = await blindIndexer(db.connection())
const writer = DB_CONNECTION === 'mysql' ? await mariadbWriter() : sqliteWriter()
// The next rows are made while the server takes these.
let written = Promise.resolve()
for (let from = 0; from < patients; from += BATCH) {
  const tables = await rowsOf(from, Math.min(patients, from + BATCH), tokensUnder)
  await written
  written = writer.write(tables)
  written.catch(() => {})
}
await written
await writer.end()
await close()
console.error(`${patients} patients in ${Math.round((performance.now() - began) / 1000)} s`)
