import { randomBytes } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { now, toSqlInstant } from '#app/core/clock'
import { ENCRYPTED_COLUMNS } from '#app/keys/encrypted_columns'

/** A record of a patient. */
interface Row {
  id: number
  uuid: string
}

export interface Erased {
  patientUuid: string
  keys: Buffer[]
}

const { patients: CONTACT, totp_secrets: ofUsers, ...CHART } = ENCRYPTED_COLUMNS
/** Of whose rows former versions are kept. */
const VERSIONED = [...Object.keys(CHART), 'doctor_patient']
const AT_ONCE = 500

/** What stands where a column cannot be empty. */
const NOBODY = { family_name: 'erased', given_name: 'erased', sort_name: 'erased', sex: 'unknown', dob: '1900-01-01' }

/** The record and all that were merged into it, one into the other, locked. */
export async function withMerged(id: number, trx: TransactionClientContract): Promise<Row[]> {
  const found: Row[] = []
  for (let rows = await lock('id', [id], trx); rows.length;) {
    found.push(...rows)
    const known = new Set(found.map((row) => row.id))
    const merged = await lock(
      'merged_into_id',
      rows.map((row) => row.id),
      trx
    )
    rows = merged.filter((row) => !known.has(row.id))
  }
  return found
}

async function lock(column: string, ids: number[], trx: TransactionClientContract): Promise<Row[]> {
  const rows = await trx.from('patients').select('id', 'uuid').whereIn(column, ids).orderBy('id').forUpdate()
  return rows.map(({ id, uuid }) => ({ id: Number(id), uuid }))
}

/**
 * Destroys what is known of these people, whose rows the caller has locked: their keys first of all, so that nothing that
 * was sealed under them opens again, here or in what was copied from here after. What is left has ids, dates and states.
 */
export async function eraseCharts(records: Row[], trx: TransactionClientContract): Promise<Erased[]> {
  // SQLite leaves what it deletes in the file until something else needs the room.
  if (trx.dialect.name !== 'mysql') await trx.rawQuery('pragma secure_delete = on')
  const erased = []
  for (const { uuid } of records) erased.push({ patientUuid: uuid, keys: await shredKeys(uuid, trx) })
  const [ids, uuids] = [records.map(({ id }) => id), records.map(({ uuid }) => uuid)]
  await emptyVersions(ids, uuids, trx)
  for (const [table, columns] of Object.entries(CHART))
    await trx.from(table).whereIn('patient_id', ids).update(nothingIn(columns))
  await forgetIndex(ids, uuids, trx)
  await erasePeople(ids, trx)
  return erased
}

async function shredKeys(uuid: string, trx: TransactionClientContract): Promise<Buffer[]> {
  const subject = { subject_type: 'patient', subject_uuid: uuid }
  const keys = await trx.from('data_keys').select('id', 'wrapped').where(subject).forUpdate()
  for (const { id, wrapped } of keys as { id: Buffer; wrapped: Buffer }[])
    await trx
      .from('data_keys')
      .where('id', id)
      .update({ wrapped: randomBytes(wrapped.length), state: 'shredded', updated_at: toSqlInstant(now()) })
  return keys.map(({ id }) => id)
}

/** By the records' ids, for which there is an index; read with a lock, so that none is missed that was just written. */
async function emptyVersions(ids: number[], uuids: string[], trx: TransactionClientContract) {
  const named = [...uuids]
  for (const table of VERSIONED) {
    const rows = await trx.from(table).select('uuid').whereIn('patient_id', ids).forShare()
    named.push(...rows.map(({ uuid }) => uuid as string))
  }
  for (let from = 0; from < named.length; from += AT_ONCE)
    await trx
      .from('record_versions')
      .whereIn('entity_uuid', named.slice(from, from + AT_ONCE))
      .whereIn('patient_uuid', uuids)
      .update({ body: Buffer.alloc(0) })
}

function nothingIn(columns: object) {
  return Object.fromEntries(Object.keys(columns).map((column) => [column, null]))
}

async function forgetIndex(ids: number[], uuids: string[], trx: TransactionClientContract) {
  for (const table of ['blind_indexes', 'unique_blind_indexes'])
    await trx.from(table).whereIn('row_uuid', uuids).delete()
  for (const table of ['patient_names', 'chart_codes']) await trx.from(table).whereIn('patient_id', ids).delete()
}

/** Retired, so that no list, search or device has them; who treated them may still learn that they are erased. */
async function erasePeople(ids: number[], trx: TransactionClientContract) {
  const at = toSqlInstant(now())
  await trx
    .from('patients')
    .whereIn('id', ids)
    .update({
      ...NOBODY,
      ...nothingIn(CONTACT),
      ...{ national_id_country: null, deceased_at: null, user_id: null, erased_at: at, updated_at: at },
      retired_at: trx.raw('coalesce(retired_at, ?)', [at]),
      version: trx.raw('version + 1'),
    })
}
