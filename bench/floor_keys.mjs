// The keys and the encryption that both floors share: the application's formats, on node:crypto alone.
import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const aad = (...parts) => Buffer.concat(parts.flatMap((part) => [Buffer.from([part.length]), Buffer.from(part)]))

function seal(key, plain, bound) {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 })
  cipher.setAAD(bound)
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

export function open(key, sealed, bound) {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 })
  decipher.setAAD(bound)
  decipher.setAuthTag(sealed.subarray(-16))
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()])
}

export const mac = (key, text) => createHmac('sha256', key).update(text).digest().subarray(0, 16)

/** The unwrapped master key with its row's id, and the root keys by purpose. */
export async function unwrapKeys(db, dataDir) {
  const ring = JSON.parse(readFileSync(join(dataDir, 'keys/keyring.json'), 'utf8'))
  const kek = createSecretKey(Buffer.from(ring.keys.find(({ id }) => id === ring.active).key, 'base64'))
  const unwrap = ({ wrapped }, purpose) => createSecretKey(open(kek, wrapped, Buffer.from(`medinfo/${purpose}`)))
  const [[masterRow]] = await db.query("select * from master_keys where state = 'active'")
  const [rootRows] = await db.query("select * from root_keys where state = 'active'")
  const root = Object.fromEntries(rootRows.map((row) => [row.purpose, unwrap(row, row.purpose)]))
  return { master: unwrap(masterRow, 'master'), masterId: masterRow.id, root }
}

const PADDED = new Set(['diagnosis_code', 'diagnosis_code_system', 'code', 'code_system', 'route', 'unit', 'flag'])
/** Whether the length of a column's text is hidden; no two tables differ about a name. */
export const isPadded = (column) => PADDED.has(column)

/** What seals columns of a row under a patient's key. */
export function sealer(id, key, table, uuid) {
  const header = Buffer.concat([Buffer.from([0xe1, 1]), id])
  return (column, value) =>
    value ? Buffer.concat([header, seal(key, padded(column, value), aad(header, table, column, uuid))]) : null
}

function padded(column, value) {
  const plain = Buffer.from(value)
  if (!isPadded(column)) return plain
  const whole = Buffer.alloc(Math.floor(plain.length / 16) * 16 + 16)
  plain.copy(whole)
  whole[plain.length] = 0x80
  return whole
}

let counter = randomBytes(4).readUInt32BE()

/** A new data key of a patient: the key, its row without the times, and what seals a column of `patients`. */
export function makeDataKey(master, masterId, uuid) {
  const id = Buffer.alloc(8)
  id.writeUInt32BE(Math.floor(Date.now() / 1000))
  id.writeUInt32BE((counter = (counter + 1) >>> 0), 4)
  const plain = randomBytes(32)
  const wrapped = seal(master, plain, Buffer.concat([id, Buffer.from(`|patient|${uuid}`)]))
  const key = createSecretKey(plain)
  const sealed = sealer(id, key, 'patients', uuid)
  return { row: [id, 'patient', uuid, 1, masterId, wrapped, 'active'], sealed }
}
