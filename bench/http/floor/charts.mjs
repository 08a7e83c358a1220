// Consultations, lab results and the timeline of a chart.
import { v7 } from 'uuid'
import { sealer } from '../../floor_keys.mjs'
import { AUDIT, at, auditRow, cursorOf, insert, iso, openAll, pool, positionIn, tell, unwrap } from './base.mjs'

const uuidOf = (table, key, as) => `(select of.uuid from ${table} of where of.id = ${key}) as ${as}`
const named = (table, references) =>
  [
    `select ${table}.*`,
    uuidOf('patients', `${table}.patient_id`, 'patient_uuid'),
    ...Object.entries(references).map(([key, [other, as]]) => uuidOf(other, `${table}.${key}`, as)),
  ].join(', ')

const dates = ({ version, created_at, updated_at }) => ({
  version,
  created_at: iso(created_at),
  updated_at: iso(updated_at),
})

/** Kind of the timeline → its table: what is sealed, by which date it is listed, and what it answers. */
const TABLES = {
  consultation: {
    table: 'consultations',
    date: 'date',
    sealed: ['reason', 'diagnosis', 'diagnosis_code', 'diagnosis_code_system', 'notes', 'cancel_reason'],
    select: named('consultations', { doctor_id: ['users', 'doctor_uuid'] }),
    data: (row) => ({
      id: row.uuid,
      patient_id: row.patient_uuid,
      doctor_id: row.doctor_uuid,
      date: iso(row.date),
      reason: row.reason,
      diagnosis: row.diagnosis,
      diagnosis_code: row.diagnosis_code,
      diagnosis_code_system: row.diagnosis_code_system,
      notes: row.notes,
      follow_up_on: row.follow_up_on,
      status: row.status,
      cancelled_at: iso(row.cancelled_at),
      cancel_reason: row.cancel_reason,
      ...dates(row),
    }),
  },
  prescription: {
    table: 'prescriptions',
    date: 'prescribed_at',
    sealed: ['medicine', 'code', 'code_system', 'dosage', 'route', 'duration', 'notes', 'override_reason'],
    select: named('prescriptions', {
      consultation_id: ['consultations', 'consultation_uuid'],
      prescribed_by: ['users', 'prescriber_uuid'],
    }),
    data: (row) => ({
      id: row.uuid,
      patient_id: row.patient_uuid,
      consultation_id: row.consultation_uuid,
      prescribed_by: row.prescriber_uuid,
      medicine: row.medicine,
      code: row.code,
      code_system: row.code_system,
      dosage: row.dosage,
      route: row.route,
      duration: row.duration,
      notes: row.notes,
      override_reason: row.override_reason,
      status: row.status,
      prescribed_at: iso(row.prescribed_at),
      stopped_at: iso(row.stopped_at),
      ...dates(row),
    }),
  },
  medical_record: {
    table: 'medical_records',
    date: 'timeline_at',
    sealed: ['description', 'code', 'code_system', 'content'],
    select: named('medical_records', {
      consultation_id: ['consultations', 'consultation_uuid'],
      doctor_id: ['users', 'doctor_uuid'],
    }),
    data: (row) => ({
      id: row.uuid,
      patient_id: row.patient_uuid,
      doctor_id: row.doctor_uuid,
      consultation_id: row.consultation_uuid,
      type: row.type,
      description: row.description,
      code: row.code,
      code_system: row.code_system,
      content: row.content && JSON.parse(row.content),
      occurred_at: iso(row.occurred_at),
      ended_at: iso(row.ended_at),
      timeline_at: iso(row.timeline_at),
      status: row.status,
      ...dates(row),
    }),
  },
  lab_result: {
    table: 'lab_results',
    date: 'result_date',
    sealed: ['test_name', 'result', 'code', 'code_system', 'value', 'unit', 'reference_range', 'flag'],
    select: named('lab_results', {
      consultation_id: ['consultations', 'consultation_uuid'],
      performed_by: ['users', 'performer_uuid'],
      validated_by: ['users', 'validator_uuid'],
    }),
    data: (row) => ({
      id: row.uuid,
      patient_id: row.patient_uuid,
      consultation_id: row.consultation_uuid,
      performed_by: row.performer_uuid,
      test_name: row.test_name,
      result: row.result,
      code: row.code,
      code_system: row.code_system,
      value: row.value,
      unit: row.unit,
      reference_range: row.reference_range,
      flag: row.flag,
      result_date: iso(row.result_date),
      status: row.status,
      validated_at: iso(row.validated_at),
      validated_by: row.validator_uuid,
      ...dates(row),
    }),
  },
}

const OWNER = 'id uuid user_id dob retired_at merged_into_id'
  .split(' ')
  .map((column) => `patients.${column}`)
  .join(', ')
const RIGHTS = `exists (select 1 from doctor_patient dp where dp.patient_id = patients.id and dp.doctor_id = ? and dp.is_open = 1) as is_treated_by_caller,
 exists (select 1 from emergency_accesses ea where ea.patient_id = patients.id and ea.user_id = ? and ea.expires_at > ?) as is_open_in_emergency`

async function ownerWith(column, value, { user }, connection = pool) {
  const sql = `select ${OWNER}, ${RIGHTS} from patients where patients.${column} = ? limit 1`
  const [[owner]] = await connection.query(sql, [user.id, user.id, at(), value])
  return owner
}

/** The rows of one kind, of one patient or laboratory, that follow the cursor, the latest first, still sealed. */
async function pageOf({ table, date, select }, [within, id], cursor, limit) {
  const [, value, uuid] = cursor ? positionIn(cursor) : []
  const name = `${table}.${date}`
  const index = cursor ? ` force index (${table}_${within}_${date}_uuid_index)` : ''
  const beyond = cursor ? ` and ${name} <= ? and (${name} < ? or ${table}.uuid < ?)` : ''
  const sql = `${select}, ${name} as keyset_value from ${table}${index} where ${table}.${within} = ?${beyond} order by ${name} desc, ${table}.uuid desc limit ?`
  const [rows] = await pool.query(sql, [id, ...(cursor ? [value, value, uuid] : []), limit + 1])
  return rows
}

const opened = async (kind, rows) => {
  await openAll(rows.map((row) => [TABLES[kind].table, TABLES[kind].sealed, row]))
  return rows.map(TABLES[kind].data)
}

function answer(data, rows, limit) {
  const hasMore = rows.length > limit
  return [200, { data, meta: { next_cursor: hasMore ? cursorOf(rows[limit - 1]) : null } }]
}

const chart = (patient) => ({ entity: 'patient', uuid: patient, patient })
const treats = { access: 'treats' }
const uuids = (rows) => ({ uuids: rows.map(({ uuid }) => uuid) })

export async function showConsultation(call, uuid) {
  const { select } = TABLES.consultation
  const [rows] = await pool.query(`${select} from consultations where consultations.uuid = ? limit 1`, [uuid])
  const owner = await ownerWith('id', rows[0].patient_id, call)
  const [data] = await opened('consultation', rows)
  const about = { entity: 'consultation', uuid, patient: owner.uuid }
  await tell(auditRow(call, 'consultations.open', about, 200, treats))
  return [200, { data }]
}

/** The list of one kind in a chart. */
export async function listChart(call, kind, action, patient, { cursor, limit = 25 }) {
  const owner = await ownerWith('uuid', patient, call)
  const rows = await pageOf(TABLES[kind], ['patient_id', owner.id], cursor, Number(limit))
  const shown = rows.slice(0, limit)
  const data = await opened(kind, shown)
  await tell(auditRow(call, action, chart(patient), 200, { ...treats, ...uuids(shown) }))
  return answer(data, rows, limit)
}

/** The lab results that the caller has entered. */
export async function listLabResults(call, { cursor, limit = 25 }) {
  const rows = await pageOf(TABLES.lab_result, ['performed_by', call.user.id], cursor, Number(limit))
  const shown = rows.slice(0, limit)
  const data = await opened('lab_result', shown)
  await tell(auditRow(call, 'lab_results.list_own', null, 200, uuids(shown)))
  return answer(data, rows, limit)
}

/** The four kinds of a chart by date: of each at most one page, of which what is shown is opened. */
export async function showTimeline(call, patient, { cursor, limit = 25 }) {
  const owner = await ownerWith('uuid', patient, call)
  const pages = []
  for (const [kind, its] of Object.entries(TABLES)) {
    const rows = await pageOf(its, ['patient_id', owner.id], cursor, Number(limit))
    pages.push(rows.map((row) => ({ kind, row })))
  }
  const key = ({ row }) => row.keyset_value + row.uuid
  const entries = pages.flat().sort((a, b) => (key(a) < key(b) ? 1 : -1))
  const shown = entries.slice(0, limit)
  await openAll(shown.map(({ kind, row }) => [TABLES[kind].table, TABLES[kind].sealed, row]))
  const data = shown.map(({ kind, row }) => ({ kind, date: iso(row.keyset_value), record: TABLES[kind].data(row) }))
  const rows = shown.map(({ row }) => row)
  await tell(auditRow(call, 'timeline.list', chart(patient), 200, { ...treats, ...uuids(rows) }))
  return answer(
    data,
    entries.map(({ row }) => row),
    limit
  )
}

const CHANGE = ['scope', 'entity', 'entity_uuid', 'version', 'op', 'at']
const ACTIVE_KEY = `select * from data_keys where subject_type = 'patient' and state = 'active' and subject_uuid in (?)`

export async function recordConsultation(call, body) {
  const uuid = v7()
  const time = at()
  const connection = await pool.getConnection()
  const write = async (...statement) => connection.query(...insert(...statement))
  let row
  try {
    await connection.query('begin')
    const owner = await ownerWith('uuid', body.patient_id, call, connection)
    const [[keyRow]] = await connection.query(ACTIVE_KEY, [owner.uuid])
    const sealed = sealer(keyRow.id, unwrap(keyRow), 'consultations', uuid)
    row = {
      uuid,
      patient_id: owner.id,
      doctor_id: call.user.id,
      date: new Date(body.date).toISOString().replace('T', ' ').slice(0, 23),
      reason: sealed('reason', body.reason),
      diagnosis: sealed('diagnosis', body.diagnosis),
      diagnosis_code: sealed('diagnosis_code', body.diagnosis_code),
      diagnosis_code_system: sealed('diagnosis_code_system', body.diagnosis_code_system),
      notes: sealed('notes', body.notes),
      status: 'finished',
      version: 1,
      created_at: time,
      updated_at: time,
    }
    await write('consultations', Object.keys(row), [Object.values(row)])
    await write('sync_changes', CHANGE, [[body.patient_id, 'consultation', uuid, 1, 'upsert', time]])
    const about = { entity: 'consultation', uuid, patient: body.patient_id }
    const fields = { fields: Object.keys(row) }
    await write('audit_logs', AUDIT, [auditRow(call, 'consultations.record', about, 201, fields)])
    await connection.query('commit')
  } finally {
    connection.release()
  }
  const named = { patient_uuid: body.patient_id, doctor_uuid: call.user.uuid }
  const unset = { follow_up_on: null, cancelled_at: null, cancel_reason: null }
  return [201, { data: TABLES.consultation.data({ ...row, ...body, date: row.date, ...named, ...unset }) }]
}
