import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { freshBytes, open, seal } from '#app/keys/aead'
import { monotonic, now, toSqlInstant } from '#app/core/clock'
import type { KeySubjectType } from '#app/core/clinical_row'
import { selectRows } from '#app/core/insert_rows'
import { FieldUnreadable, type DataKey, type Place } from '#app/keys/field_crypto'
import { KeyDoesNotOpen } from '#app/keys/key_provider'
import { keyring } from '#app/keys/keyring_service'

export interface DataKeyRow {
  id: Buffer
  subject_type: string
  subject_uuid: string
  generation: number
  master_key_id: number
  wrapped: Buffer
  /** `prepared` until it was read back: nothing is encrypted under it yet. */
  state: 'prepared' | 'active' | 'decrypt' | 'shredded'
  created_at: string
  updated_at: string
}

// Other processes forget a shredded key within these ten minutes.
const unwrapped = new LRUCache<string, KeyObject>({ max: 20_000, ttl: 10 * 60_000, perf: { now: monotonic } })

/** A new key for a subject that has none, and its row, which the caller inserts with the subject's own. */
export async function newDataKey(
  subjectType: KeySubjectType,
  subjectUuid: string,
  client?: QueryClientContract,
  { generation, state }: Pick<DataKeyRow, 'generation' | 'state'> = { generation: 1, state: 'active' }
) {
  const master = await keyring().active(client)
  const id = nextDataKeyId()
  const plain = freshBytes(32)
  const at = toSqlInstant(now())
  const row: DataKeyRow = {
    id,
    subject_type: subjectType,
    subject_uuid: subjectUuid,
    generation,
    master_key_id: master.id,
    wrapped: seal(master.key, plain, boundTo(id, subjectType, subjectUuid)),
    state,
    created_at: at,
    updated_at: at,
  }
  return { dataKey: { id, key: createSecretKey(plain) } satisfies DataKey, row }
}

/** Keys by the ids that ciphertexts carry. */
class FoundKeys extends Map<string, KeyObject> {
  readonly closed = new Map<string, KeyDoesNotOpen>()

  /** The key of what is sealed in this place. Errors: FieldUnreadable. */
  keyFor(id: Buffer, place: Place): KeyObject {
    const name = id.toString('latin1')
    const key = this.get(name)
    if (!key) throw new FieldUnreadable(place, { cause: this.closed.get(name) })
    return key
  }
}

/**
 * One query for all that are not in memory. A key that is missing, shredded, or does not open is absent from the answer,
 * so that it keeps nobody from what the others open. Errors: KeyProviderUnavailable.
 */
export async function dataKeysById(ids: Buffer[], client: QueryClientContract): Promise<FoundKeys> {
  const found = new FoundKeys()
  const missing: Buffer[] = []
  for (const id of ids) {
    const name = id.toString('latin1')
    const kept = unwrapped.get(name)
    if (kept) found.set(name, kept)
    else missing.push(id)
  }
  if (!missing.length) return found
  const rows = await select(client, byId(missing), missing)
  // A row that was locked is read as it is now, and may be sealed by a key that came after the transaction's snapshot.
  const later = missing.filter((id) => !rows.some((row) => row.id.equals(id)))
  if (later.length && locking(client)) rows.push(...(await select(client, byId(later) + locking(client), later)))
  for (const row of rows) {
    if (row.state === 'shredded') continue
    const name = row.id.toString('latin1')
    try {
      found.set(name, await unwrap(row, client))
    } catch (error) {
      if (!(error instanceof KeyDoesNotOpen)) throw error
      found.closed.set(name, error)
    }
  }
  return found
}

/**
 * The active key of each subject that has one: where new ciphertext of an existing patient, or user, is written.
 * In a transaction it stays the active one until the end: a rotation waits, so that it knows, once its key is the active
 * one, that nobody writes under the former any more. Errors: FieldUnreadable, KeyProviderUnavailable.
 */
export async function activeDataKeys(
  subjectUuids: string[],
  client: QueryClientContract,
  type: KeySubjectType = 'patient'
) {
  const lock = locking(client)
  const found = new Map<string, DataKey>()
  const look = async (where: string, uuids: string[]) => {
    const marks = uuids.map(() => '?').join(',')
    const rows = await select(client, where.replace(':uuids', marks) + lock, [type, ...uuids])
    for (const row of rows)
      if (row.state === 'active') found.set(row.subject_uuid, { id: row.id, key: await unwrapToSeal(row, client) })
  }
  if (!lock) {
    await look(ACTIVE, subjectUuids)
    return found
  }
  // By the primary key: a lock that the other index takes keeps patients beside this one from being registered.
  await look(`id in (select k.id from data_keys k where ${ACTIVE})`, subjectUuids)
  const changed = subjectUuids.filter((uuid) => !found.has(uuid))
  if (changed.length) await look(ACTIVE, changed)
  return found
}

const ACTIVE = `subject_type = ? and state = 'active' and subject_uuid in (:uuids)`

const byId = (ids: Buffer[]) => `id in (${ids.map(() => '?').join(',')})`

/** Only where another transaction may change what this one has read: SQLite has one that writes. */
function locking(client: QueryClientContract): string {
  return client.isTransaction && client.dialect.name === 'mysql' ? ' lock in share mode' : ''
}

function select(client: QueryClientContract, where: string, bindings: unknown[]) {
  return selectRows<DataKeyRow>(client, `select * from data_keys where ${where}`, bindings)
}

/** For whoever seals: there is no field yet to be named, so the key itself is. Errors: FieldUnreadable, KeyProviderUnavailable. */
export async function unwrapToSeal(row: DataKeyRow, client: QueryClientContract): Promise<KeyObject> {
  try {
    return await unwrap(row, client)
  } catch (error) {
    if (!(error instanceof KeyDoesNotOpen)) throw error
    throw new FieldUnreadable({ table: 'data_keys', column: 'wrapped', uuid: row.subject_uuid }, { cause: error })
  }
}

/** Errors: KeyDoesNotOpen, KeyProviderUnavailable. */
async function unwrap(row: DataKeyRow, client: QueryClientContract): Promise<KeyObject> {
  const name = row.id.toString('latin1')
  const kept = unwrapped.get(name)
  if (kept) return kept
  const master = await keyring().master(Number(row.master_key_id), client)
  const key = createSecretKey(openWrapped(row, master.key))
  unwrapped.set(name, key)
  return key
}

function openWrapped({ id, subject_type, subject_uuid, wrapped }: DataKeyRow, master: KeyObject): Buffer {
  try {
    return open(master, wrapped, boundTo(id, subject_type, subject_uuid))
  } catch (error) {
    throw new KeyDoesNotOpen(`data key ${id.toString('hex')}`, { cause: error })
  }
}

/** The same key, wrapped by another master key. Errors: those of node:crypto where `from` does not open it. */
export function wrappedAnew({ id, subject_type, subject_uuid, wrapped }: DataKeyRow, from: KeyObject, to: KeyObject) {
  const place = boundTo(id, subject_type, subject_uuid)
  return seal(to, open(from, wrapped, place), place)
}

function boundTo(id: Buffer, subjectType: string, subjectUuid: string): Buffer {
  return Buffer.concat([id, Buffer.from(`|${subjectType}|${subjectUuid}`)])
}

/*
 * Seconds (u32) | counter (u32) that starts at random in each process: ids exist before their row, as the wrapping
 * binds them, and grow with time, as the clustered index likes. Two processes that meet on one id violate the primary
 * key: the write fails and can be sent again, nothing is overwritten.
 */
let counter = randomBytes(4).readUInt32BE()

function nextDataKeyId(): Buffer {
  const id = Buffer.alloc(8)
  id.writeUInt32BE(Math.floor(Date.now() / 1000))
  counter = (counter + 1) >>> 0
  id.writeUInt32BE(counter, 4)
  return id
}

/** Forgets these unwrapped keys, or all, as another process does after ten minutes. */
export function forgetDataKeys(ids?: Buffer[]) {
  if (ids) for (const id of ids) unwrapped.delete(id.toString('latin1'))
  else unwrapped.clear()
}
