// GET, list and POST of patients.
import { randomBytes } from 'node:crypto'
import { v7 } from 'uuid'
import { mac, makeDataKey } from '../../floor_keys.mjs'
import { AUDIT, at, auditRow, cursorOf, insert, iso, master, masterId, openAll, pool, root, tell } from './base.mjs'

const SEALED = ['national_id', 'phone', 'email', 'address']
const about = (uuid) => ({ entity: 'patient', uuid, patient: uuid })

async function opened(rows) {
  await openAll(rows.map((row) => ['patients', SEALED, row]))
  return rows.map((row) => ({
    id: row.uuid,
    mrn: row.mrn,
    family_name: row.family_name,
    given_name: row.given_name,
    sex: row.sex,
    dob: row.dob,
    national_id: row.national_id,
    national_id_country: row.national_id_country,
    phone: row.phone,
    email: row.email,
    address: row.address,
    deceased_at: iso(row.deceased_at),
    retired_at: iso(row.retired_at),
    version: row.version,
    created_at: iso(row.created_at),
    updated_at: iso(row.updated_at),
  }))
}

const TREATED =
  'exists (select 1 from doctor_patient dp where dp.patient_id = patients.id and dp.doctor_id = ? and dp.is_open = 1) as is_treated_by_caller'
const EMERGENCY =
  'exists (select 1 from emergency_accesses ea where ea.patient_id = patients.id and ea.user_id = ? and ea.expires_at > ?) as is_open_in_emergency'

export async function showPatient(call, uuid) {
  const sql = `select patients.*, ${TREATED}, ${EMERGENCY} from patients where uuid = ? limit 1`
  const [rows] = await pool.query(sql, [call.user.id, call.user.id, at(), uuid])
  const [data] = await opened(rows)
  await tell(auditRow(call, 'patients.open', about(uuid), 200))
  return [200, { data }]
}

export async function listPatients(call) {
  const [rows] = await pool.query(
    'select patients.*, patients.sort_name as keyset_value from patients where coalesce(patients.retired_at, patients.merged_into_id) is null order by sort_name asc, uuid asc limit 26'
  )
  const data = await opened(rows.slice(0, 25))
  await tell(auditRow(call, 'patients.list', null, 200, { uuids: data.map(({ id }) => id) }))
  return [200, { data, meta: { next_cursor: cursorOf(rows[24]) } }]
}

const fold = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
const blind = (text) => mac(root.blind_index, text)

export async function registerPatient(call, body) {
  const uuid = v7()
  const time = at()
  const { row: dataKey, sealed } = makeDataKey(master, masterId, uuid)
  const token = blind(`patients.national_id|generic|${body.national_id}`)
  const phone = blind(`patients.phone||${body.phone}`)
  const mrn = randomBytes(6).toString('hex')
  const patient = {
    uuid,
    version: 1,
    mrn,
    family_name: body.family_name,
    given_name: body.given_name,
    sort_name: fold(`${body.family_name} ${body.given_name}`),
    sex: body.sex,
    dob: body.dob,
    national_id: sealed('national_id', body.national_id),
    national_id_country: 'generic',
    phone: sealed('phone', body.phone),
    email: null,
    address: sealed('address', body.address),
    created_at: time,
    updated_at: time,
  }
  const names = [body.family_name, body.given_name].map((name) => [fold(name), fold(name).slice(0, 4)])
  const connection = await pool.getConnection()
  const write = async (...statement) => connection.query(...insert(...statement))
  try {
    await connection.query('begin')
    await connection.query('select row_uuid from unique_blind_indexes where field_id = ? and token = ?', [1, token])
    await write('data_keys', DATA_KEY, [[...dataKey, time, time]])
    const [{ insertId }] = await write('patients', Object.keys(patient), [Object.values(patient)])
    await write('sync_changes', CHANGE, [[uuid, 'patient', uuid, 1, 'upsert', time]])
    const nameRows = names.map((name) => [...name, insertId])
    await write('patient_names', ['token', 'sound', 'patient_id'], nameRows)
    await write('blind_indexes', BLIND, [[2, 1, phone, uuid]])
    await write('unique_blind_indexes', BLIND, [[1, 1, token, uuid]])
    await write('audit_logs', AUDIT, [auditRow(call, 'patients.register', about(uuid), 201)])
    await connection.query('commit')
  } finally {
    connection.release()
  }
  const unset = { email: null, deceased_at: null, retired_at: null }
  const made = { version: 1, created_at: iso(time), updated_at: iso(time) }
  return [201, { data: { ...body, ...unset, ...made, id: uuid, mrn, national_id_country: 'generic' } }]
}

const DATA_KEY = [
  'id',
  'subject_type',
  'subject_uuid',
  'generation',
  'master_key_id',
  'wrapped',
  'state',
  'created_at',
  'updated_at',
]
const CHANGE = ['scope', 'entity', 'entity_uuid', 'version', 'op', 'at']
const BLIND = ['field_id', 'key_version', 'token', 'row_uuid']
