// The same SQL statements and the same cryptography as the application's GET, list and POST of patients, on node:http
// and mysql2 alone: no framework, no validation, no policy object, no model.
import { createHash, createSecretKey, randomBytes, randomUUID } from 'node:crypto'
import http from 'node:http'
import mysql from 'mysql2/promise'
import { v7 } from 'uuid'
import { aad, mac, makeDataKey, open, unwrapKeys } from '../floor_keys.mjs'

const { DB_HOST, DB_PORT, DB_USERNAME, DB_PASSWORD, DB_DATABASE, PORT, DATA_DIR } = process.env
const pool = mysql.createPool({
  host: DB_HOST,
  port: Number(DB_PORT),
  user: DB_USERNAME,
  password: DB_PASSWORD,
  database: DB_DATABASE,
  connectionLimit: 20,
  dateStrings: true,
  timezone: 'Z',
})
const writer = randomBytes(8)
let wseq = 0

const { master, masterId, root } = await unwrapKeys(pool, DATA_DIR)

const GRANTS = `(select group_concat(r.name) from user_roles ur join roles r on r.id = ur.role_id where ur.user_id = u.id) as role_names,
 (select group_concat(p.name) from permissions p where p.id in (select rp.permission_id from role_permissions rp join user_roles ur on ur.role_id = rp.role_id where ur.user_id = u.id)
 or p.id in (select up.permission_id from user_permissions up where up.user_id = u.id)) as permission_names`
const TOKEN = `select t.id as token_id, t.hash, t.abilities, u.id, u.uuid, ${GRANTS} from access_tokens t join users u on u.id = t.tokenable_id
 where t.uuid = ? and t.revoked_at is null and (t.expires_at is null or t.expires_at > ?) and u.disabled_at is null`
const at = () => new Date().toISOString().replace('T', ' ').slice(0, 23)

async function userOf(request) {
  const [id, secret] = request.headers.authorization.replace('Bearer oat_', '').split('.')
  const decode = (text) => Buffer.from(text, 'base64url').toString()
  const [[row]] = await pool.query(TOKEN, [decode(id), at()])
  if (row.hash !== createHash('sha256').update(decode(secret)).digest('hex')) throw new Error('token')
  return row
}

const AUDIT = [
  'uid',
  'created_at',
  'writer',
  'wseq',
  'user_id',
  'role',
  'action',
  'entity',
  'entity_uuid',
  'patient_uuid',
  'outcome',
  'http_status',
  'ip_address',
  'user_agent',
  'request_id',
  'details',
  'mac',
]
function auditRow(user, request, action, uuid, status, details) {
  const row = [
    v7(),
    at(),
    writer,
    ++wseq,
    user.id,
    user.role_names,
    action,
    uuid && 'patient',
    uuid,
    uuid,
    'done',
    status,
    request.socket.remoteAddress,
    request.headers['user-agent'] ?? null,
    randomUUID(),
    JSON.stringify({ via: 'api', method: request.method, ...details }),
  ]
  const parts = [Buffer.from([0])]
  for (const value of row) {
    const bytes = value === null ? Buffer.alloc(0) : Buffer.isBuffer(value) ? value : Buffer.from(String(value))
    const length = Buffer.alloc(4)
    length.writeUInt32BE(value === null ? 0xffffffff : bytes.length)
    parts.push(length, bytes)
  }
  return [...row, mac(root.audit_mac, Buffer.concat(parts))]
}
const insert = (table, columns, rows) => [
  `insert into ${table} (${columns.map((column) => `\`${column}\``).join(', ')}) values ${rows.map(() => `(${columns.map(() => '?').join(', ')})`).join(', ')}`,
  rows.flat(),
]

// Reads share one insert, as in the application.
const waiting = []
let writing = false
function tell(row) {
  return new Promise((resolve, reject) => {
    waiting.push({ row, resolve, reject })
    if (!writing) void drain()
  })
}
async function drain() {
  writing = true
  while (waiting.length) {
    const group = waiting.splice(0, 200)
    await pool.query(
      ...insert(
        'audit_logs',
        AUDIT,
        group.map(({ row }) => row)
      )
    )
    for (const { resolve } of group) resolve()
  }
  writing = false
}

const SEALED = ['national_id', 'phone', 'email', 'address']
async function openAll(rows) {
  const ids = rows.flatMap((row) => SEALED.filter((column) => row[column]).map((column) => row[column].subarray(2, 10)))
  const distinct = [...new Map(ids.map((id) => [id.toString('latin1'), id])).values()]
  const [found] = distinct.length
    ? await pool.query(`select * from data_keys where id in (${distinct.map(() => '?').join(',')})`, distinct)
    : [[]]
  const keys = new Map(
    found.map((row) => [
      row.id.toString('latin1'),
      createSecretKey(open(master, row.wrapped, Buffer.concat([row.id, Buffer.from(`|patient|${row.subject_uuid}`)]))),
    ])
  )
  return rows.map((row) => {
    const opened = {}
    for (const column of SEALED) {
      const sealed = row[column]
      opened[column] =
        sealed &&
        open(
          keys.get(sealed.subarray(2, 10).toString('latin1')),
          sealed.subarray(10),
          aad(sealed.subarray(0, 10), 'patients', column, row.uuid)
        ).toString()
    }
    return {
      id: row.uuid,
      mrn: row.mrn,
      family_name: row.family_name,
      given_name: row.given_name,
      sex: row.sex,
      dob: row.dob,
      ...opened,
      national_id_country: row.national_id_country,
      deceased_at: row.deceased_at,
      retired_at: row.retired_at,
      version: row.version,
      created_at: row.created_at,
      updated_at: row.updated_at,
    }
  })
}

const TREATED =
  'exists (select 1 from doctor_patient dp where dp.patient_id = patients.id and dp.doctor_id = ? and dp.is_open = 1) as is_treated_by_caller'
async function show(user, request, uuid) {
  const [rows] = await pool.query(`select patients.*, ${TREATED} from patients where uuid = ? limit 1`, [user.id, uuid])
  const [data] = await openAll(rows)
  await tell(auditRow(user, request, 'patients.open', uuid, 200))
  return [200, { data }]
}

async function list(user, request) {
  const [rows] = await pool.query(
    'select patients.*, patients.sort_name as keyset_value from patients where merged_into_id is null and retired_at is null order by sort_name asc, uuid asc limit 26'
  )
  const data = (await openAll(rows)).slice(0, 25)
  await tell(auditRow(user, request, 'patients.list', null, 200, { uuids: data.map(({ id }) => id) }))
  return [
    200,
    {
      data,
      meta: { next_cursor: Buffer.from(JSON.stringify([rows[24].keyset_value, rows[24].uuid])).toString('base64url') },
    },
  ]
}

const fold = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
const blind = (text) => mac(root.blind_index, text)
async function register(user, request, body) {
  const uuid = v7()
  const time = at()
  const { row: dataKey, sealed } = makeDataKey(master, masterId, uuid)
  const token = blind(`patients.national_id|generic|${body.national_id}`)
  const phone = blind(`patients.phone||${body.phone}`)
  const mrn = randomBytes(6).toString('hex')
  const connection = await pool.getConnection()
  try {
    await connection.query('begin')
    await connection.query('select row_uuid from unique_blind_indexes where field_id = ? and token = ?', [1, token])
    await connection.query(
      ...insert(
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
        [[...dataKey, time, time]]
      )
    )
    const columns = [
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
      'created_at',
      'updated_at',
    ]
    const row = [
      uuid,
      1,
      mrn,
      body.family_name,
      body.given_name,
      fold(`${body.family_name} ${body.given_name}`),
      body.sex,
      body.dob,
      sealed('national_id', body.national_id),
      'generic',
      sealed('phone', body.phone),
      sealed('email', body.email),
      sealed('address', body.address),
      time,
      time,
    ]
    const [{ insertId }] = await connection.query(...insert('patients', columns, [row]))
    await connection.query(
      ...insert(
        'sync_changes',
        ['scope', 'entity', 'entity_uuid', 'version', 'op', 'at'],
        [[uuid, 'patient', uuid, 1, 'upsert', time]]
      )
    )
    await connection.query(
      ...insert(
        'patient_names',
        ['token', 'sound', 'patient_id'],
        [body.family_name, body.given_name].map((name) => [fold(name), fold(name).slice(0, 4), insertId])
      )
    )
    await connection.query(
      ...insert('blind_indexes', ['field_id', 'key_version', 'token', 'row_uuid'], [[2, 1, phone, uuid]])
    )
    await connection.query(
      ...insert('unique_blind_indexes', ['field_id', 'key_version', 'token', 'row_uuid'], [[1, 1, token, uuid]])
    )
    await connection.query(...insert('audit_logs', AUDIT, [auditRow(user, request, 'patients.register', uuid, 201)]))
    await connection.query('commit')
  } finally {
    connection.release()
  }
  return [
    201,
    {
      data: {
        ...body,
        id: uuid,
        mrn,
        national_id_country: 'generic',
        email: null,
        deceased_at: null,
        retired_at: null,
        version: 1,
        created_at: time,
        updated_at: time,
      },
    },
  ]
}

async function bodyOf(request) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks))
}

http
  .createServer(async (request, response) => {
    if (request.url === '/health/live') return response.end('{}')
    const user = await userOf(request)
    const id = request.url.split('/')[4]
    const [status, body] =
      request.method === 'POST'
        ? await register(user, request, await bodyOf(request))
        : id
          ? await show(user, request, id)
          : await list(user, request)
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
    response.end(JSON.stringify(body))
  })
  .listen(Number(PORT), '127.0.0.1')
