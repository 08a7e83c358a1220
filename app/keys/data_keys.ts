import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { freshBytes, open, seal } from '#app/keys/aead'
import { now, toSqlInstant } from '#app/core/clock'
import type { KeySubjectType } from '#app/core/clinical_row'
import { selectRows } from '#app/core/insert_rows'
import type { DataKey } from '#app/keys/field_crypto'
import { keyring } from '#app/keys/keyring_service'

export interface DataKeyRow {
  id: Buffer
  subject_type: string
  subject_uuid: string
  generation: number
  master_key_id: number
  wrapped: Buffer
  state: 'active' | 'decrypt' | 'shredded'
  created_at: string
  updated_at: string
}

// Other processes forget a shredded key within these ten minutes.
const unwrapped = new LRUCache<string, KeyObject>({ max: 20_000, ttl: 10 * 60_000 })

/** A new key for a subject that has none, and its row, which the caller inserts with the subject's own. */
export async function newDataKey(subjectType: KeySubjectType, subjectUuid: string, client?: QueryClientContract) {
  const master = await keyring().active(client)
  const id = nextDataKeyId()
  const plain = freshBytes(32)
  const at = toSqlInstant(now())
  const row: DataKeyRow = {
    id,
    subject_type: subjectType,
    subject_uuid: subjectUuid,
    generation: 1,
    master_key_id: master.id,
    wrapped: seal(master.key, plain, boundTo(id, subjectType, subjectUuid)),
    state: 'active',
    created_at: at,
    updated_at: at,
  }
  return { dataKey: { id, key: createSecretKey(plain) } satisfies DataKey, row }
}

/**
 * Keys by the ids that ciphertexts carry: one query for all that are not in memory.
 * A key that is missing or shredded is absent from the answer.
 */
export async function dataKeysById(ids: Buffer[], client: QueryClientContract): Promise<Map<string, KeyObject>> {
  const found = new Map<string, KeyObject>()
  const missing: Buffer[] = []
  for (const id of ids) {
    const name = id.toString('latin1')
    const kept = unwrapped.get(name)
    if (kept) found.set(name, kept)
    else missing.push(id)
  }
  if (missing.length) {
    const rows = await select(client, `id in (${missing.map(() => '?').join(',')})`, missing)
    for (const row of rows)
      if (row.state !== 'shredded') found.set(row.id.toString('latin1'), await unwrap(row, client))
  }
  return found
}

/** The active key of each subject that has one: where new ciphertext of an existing patient, or user, is written. */
export async function activeDataKeys(
  subjectUuids: string[],
  client: QueryClientContract,
  type: KeySubjectType = 'patient'
) {
  const rows = await select(
    client,
    `subject_type = ? and state = 'active' and subject_uuid in (${subjectUuids.map(() => '?').join(',')})`,
    [type, ...subjectUuids]
  )
  const found = new Map<string, DataKey>()
  for (const row of rows) found.set(row.subject_uuid, { id: row.id, key: await unwrap(row, client) })
  return found
}

function select(client: QueryClientContract, where: string, bindings: unknown[]) {
  return selectRows<DataKeyRow>(client, `select * from data_keys where ${where}`, bindings)
}

async function unwrap(row: DataKeyRow, client: QueryClientContract): Promise<KeyObject> {
  const name = row.id.toString('latin1')
  const kept = unwrapped.get(name)
  if (kept) return kept
  const master = await keyring().master(Number(row.master_key_id), client)
  const key = createSecretKey(open(master.key, row.wrapped, boundTo(row.id, row.subject_type, row.subject_uuid)))
  unwrapped.set(name, key)
  return key
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
