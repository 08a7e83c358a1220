// The same rows with the same ciphertext into the same tables, by csv-parse, mysql2 and node:crypto alone: nothing is
// validated, nothing is looked up, no duplicate is noticed. Prints {rows, seconds}.
import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'
import mysql from 'mysql2/promise'
import { v7 } from 'uuid'
import { mac, makeDataKey, unwrapKeys } from '../floor_keys.mjs'

const { DB_HOST, DB_PORT, DB_USERNAME, DB_PASSWORD, DB_DATABASE, DATA_DIR } = process.env
const db = await mysql.createConnection({
  host: DB_HOST,
  port: Number(DB_PORT),
  user: DB_USERNAME,
  password: DB_PASSWORD,
  database: DB_DATABASE,
  dateStrings: true,
  timezone: 'Z',
})
const { master, masterId, root } = await unwrapKeys(db, DATA_DIR)

const insert = async (table, columns, rows) => {
  if (rows.length)
    await db.query(`insert into ${table} (${columns.map((column) => `\`${column}\``).join(', ')}) values ?`, [rows])
}
const [{ insertId: runId }] = await db.query(
  "insert into import_runs (uuid, mapping, source, state, dry_run, started_at, created_at, updated_at) values (?, 'floor', 'floor', 'done', 0, now(3), now(3), now(3))",
  [v7()]
)
const SEXES = { M: 'male', H: 'male', Masculin: 'male', F: 'female', Féminin: 'female' }
const fold = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
const dayOf = (text) => `${text.slice(6)}-${text.slice(3, 5)}-${text.slice(0, 2)}`
const seenIds = new Set()
const seenNumbers = new Set()

async function write(rows) {
  const at = new Date().toISOString().replace('T', ' ').slice(0, 23)
  const out = { data_keys: [], patients: [], names: [], phones: [], ids: [], links: [], changes: [] }
  const made = []
  for (const row of rows) {
    // The flawed rows that the tables themselves refuse.
    if (
      !row.NumDossier ||
      seenNumbers.has(row.NumDossier) ||
      (row.CIN && seenIds.has(row.CIN)) ||
      Number(row.DateNaissance.slice(3, 5)) > 12
    )
      continue
    seenNumbers.add(row.NumDossier)
    if (row.CIN) seenIds.add(row.CIN)
    const uuid = v7()
    const { row: dataKey, sealed } = makeDataKey(master, masterId, uuid)
    const country = row.CIN ? row.Pays || 'generic' : null
    out.data_keys.push([...dataKey, at, at])
    out.patients.push([
      uuid,
      1,
      row.NumDossier,
      row.Nom,
      row.Prenom,
      fold(`${row.Nom} ${row.Prenom}`),
      SEXES[row.Sexe] ?? 'unknown',
      dayOf(row.DateNaissance),
      sealed('national_id', row.CIN),
      country,
      sealed('phone', row.Telephone),
      sealed('email', row.Courriel),
      sealed('address', row.Adresse),
      row.DateDeces ? dayOf(row.DateDeces) : null,
      at,
      at,
    ])
    if (row.Telephone)
      out.phones.push([2, 1, mac(root.blind_index, `patients.phone||${row.Telephone.replace(/\D/g, '')}`), uuid])
    if (row.CIN) out.ids.push([1, 1, mac(root.blind_index, `patients.national_id|${country}|${row.CIN}`), uuid])
    made.push({ uuid, row })
  }
  await db.query('begin')
  await insert(
    'data_keys',
    [
      'id',
      'subject_type',
      'subject_uuid',
      'generation',
      'master_key_id',
      'wrapped',
      'state',
      'created_at',
      'updated_at',
    ],
    out.data_keys
  )
  await insert(
    'patients',
    [
      'uuid',
      'version',
      'mrn',
      'family_name',
      'given_name',
      'sort_name',
      'sex',
      'dob',
      'national_id',
      'national_id_country',
      'phone',
      'email',
      'address',
      'deceased_at',
      'created_at',
      'updated_at',
    ],
    out.patients
  )
  const [ids] = await db.query('select id, uuid from patients where uuid in (?)', [made.map(({ uuid }) => uuid)])
  const idOf = new Map(ids.map(({ id, uuid }) => [uuid, id]))
  for (const { uuid, row } of made) {
    const words = new Set(
      fold(`${row.Nom} ${row.Prenom}`)
        .split(/[^\p{L}\p{N}]+/u)
        .filter(Boolean)
    )
    for (const word of words) out.names.push([word, word.slice(0, 6), idOf.get(uuid)])
    out.links.push([
      mac(root.source_ids, `patient|clinique:patients.csv:${row.NumDossier}`),
      'patient',
      idOf.get(uuid),
      uuid,
      1,
      mac(root.source_ids, JSON.stringify(row)),
      runId,
      runId,
      'patients.csv',
      1,
    ])
    out.changes.push([uuid, 'patient', uuid, 1, 'reload', at])
  }
  await insert('patient_names', ['token', 'sound', 'patient_id'], out.names)
  await insert('blind_indexes', ['field_id', 'key_version', 'token', 'row_uuid'], out.phones)
  await insert('unique_blind_indexes', ['field_id', 'key_version', 'token', 'row_uuid'], out.ids)
  await insert(
    'import_links',
    [
      'token',
      'entity',
      'record_id',
      'record_uuid',
      'record_version',
      'digest',
      'run_id',
      'seen_run_id',
      'file',
      'line',
    ],
    out.links
  )
  await insert('sync_changes', ['scope', 'entity', 'entity_uuid', 'version', 'op', 'at'], out.changes)
  await db.query('commit')
}

const began = performance.now()
let count = 0
let batch = []
const rows = createReadStream(process.argv[2]).pipe(
  parse({ columns: true, delimiter: ';', relax_column_count: true, relax_quotes: true, bom: true })
)
for await (const row of rows) {
  count++
  if (batch.push(row) < 1000) continue
  await write(batch)
  batch = []
}
if (batch.length) await write(batch)
console.log(JSON.stringify({ rows: count, seconds: (performance.now() - began) / 1000 }))
await db.end()
