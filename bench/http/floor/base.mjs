// What every request of the floor does: the token's user, the audit row with its authentication code, the fields' keys.
import { createHash, createSecretKey, randomBytes, randomUUID } from 'node:crypto'
import mysql from 'mysql2/promise'
import { v7 } from 'uuid'
import { aad, isPadded, mac, open, unwrapKeys } from '../../floor_keys.mjs'

const { DB_HOST, DB_PORT, DB_USERNAME, DB_PASSWORD, DB_DATABASE, DATA_DIR } = process.env
export const pool = mysql.createPool({
  host: DB_HOST,
  port: Number(DB_PORT),
  user: DB_USERNAME,
  password: DB_PASSWORD,
  database: DB_DATABASE,
  connectionLimit: 20,
  dateStrings: true,
  timezone: 'Z',
})
export const { master, masterId, root } = await unwrapKeys(pool, DATA_DIR)
export const at = () => new Date().toISOString().replace('T', ' ').slice(0, 23)

const GRANTS = `(select group_concat(r.name) from user_roles ur join roles r on r.id = ur.role_id where ur.user_id = u.id) as role_names,
 (select group_concat(p.name) from permissions p where p.id in (select rp.permission_id from role_permissions rp join user_roles ur on ur.role_id = rp.role_id where ur.user_id = u.id)
 or p.id in (select up.permission_id from user_permissions up where up.user_id = u.id)) as permission_names`
const TOKEN = `select t.id as token_id, t.hash, t.abilities, u.id, u.uuid, ${GRANTS} from access_tokens t join users u on u.id = t.tokenable_id
 where t.uuid = ? and t.revoked_at is null and (t.expires_at is null or t.expires_at > ?) and u.disabled_at is null`

export async function userOf(request) {
  const [id, secret] = request.headers.authorization.replace('Bearer oat_', '').split('.')
  const decode = (text) => Buffer.from(text, 'base64url').toString()
  const [[row]] = await pool.query(TOKEN, [decode(id), at()])
  if (row.hash !== createHash('sha256').update(decode(secret)).digest('hex')) throw new Error('token')
  return row
}

const writer = randomBytes(8)
let wseq = 0
export const AUDIT =
  'uid created_at writer wseq user_id role action entity entity_uuid patient_uuid outcome http_status ip_address user_agent request_id details mac'.split(
    ' '
  )

/** `about` is what was opened: { entity, uuid, patient }. */
export function auditRow({ user, request }, action, about, status, details) {
  const row = [
    v7(),
    at(),
    writer,
    ++wseq,
    user.id,
    user.role_names,
    action,
    about?.entity ?? null,
    about?.uuid ?? null,
    about?.patient ?? null,
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

export const insert = (table, columns, rows) => [
  `insert into ${table} (${columns.map((column) => `\`${column}\``).join(', ')}) values ${rows.map(() => `(${columns.map(() => '?').join(', ')})`).join(', ')}`,
  rows.flat(),
]

// Reads share one insert, as in the application.
const waiting = []
let writing = false
export function tell(row) {
  return new Promise((resolve, reject) => {
    waiting.push({ row, resolve, reject })
    if (!writing) void drain()
  })
}
async function drain() {
  writing = true
  while (waiting.length) {
    const group = waiting.splice(0, 200)
    const rows = group.map(({ row }) => row)
    await pool.query(...insert('audit_logs', AUDIT, rows))
    for (const { resolve } of group) resolve()
  }
  writing = false
}

// As many as the application keeps, so that both ask the database for as many.
const KEPT = 20_000
const unwrapped = new Map()

export function unwrap(row) {
  const name = row.id.toString('latin1')
  const kept = unwrapped.get(name)
  // Used last, forgotten last.
  if (kept) unwrapped.delete(name)
  const bound = () => Buffer.concat([row.id, Buffer.from(`|patient|${row.subject_uuid}`)])
  const key = kept ?? createSecretKey(open(master, row.wrapped, bound()))
  unwrapped.set(name, key)
  if (unwrapped.size > KEPT) unwrapped.delete(unwrapped.keys().next().value)
  return key
}

/** Opens the sealed columns of rows of several tables, [table, columns, row], with one query for the keys not kept. */
export async function openAll(entries) {
  const keys = new Map()
  const missing = new Map()
  for (const [, columns, row] of entries)
    for (const column of columns) {
      const id = row[column]?.subarray(2, 10)
      const name = id?.toString('latin1')
      if (id && unwrapped.has(name)) keys.set(name, unwrap({ id }))
      else if (id) missing.set(name, id)
    }
  if (missing.size) {
    const marks = [...missing].map(() => '?').join(',')
    const [rows] = await pool.query(`select * from data_keys where id in (${marks})`, [...missing.values()])
    for (const row of rows) keys.set(row.id.toString('latin1'), unwrap(row))
  }
  for (const [table, columns, row] of entries)
    for (const column of columns) {
      const sealed = row[column]
      if (!sealed) continue
      const key = keys.get(sealed.subarray(2, 10).toString('latin1'))
      const plain = open(key, sealed.subarray(10), aad(sealed.subarray(0, 10), table, column, row.uuid))
      row[column] = (isPadded(column) ? plain.subarray(0, plain.lastIndexOf(0x80)) : plain).toString()
    }
}

export const iso = (instant) => instant && `${instant.replace(' ', 'T')}Z`
export const cursorOf = (row) => Buffer.from(JSON.stringify(['', row.keyset_value, row.uuid])).toString('base64url')
export const positionIn = (cursor) => JSON.parse(Buffer.from(cursor, 'base64url').toString())
