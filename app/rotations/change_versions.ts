import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { now, toSqlInstant } from '#app/core/clock'
import { isTransient } from '#app/core/to_problem'
import { inOwnTransaction } from '#app/core/transaction'
import { INDEX_PURPOSE } from '#app/keys/index_versions'
import { keyring } from '#app/keys/keyring_service'

const CONTEXT = `medinfo/${INDEX_PURPOSE}`
/** Whoever wants to write tokens waits behind us meanwhile. */
const WAIT_SECONDS = 2
const PAUSE_MS = 5_000

export interface VersionRow {
  id: number
  version: number
  state: 'writing' | 'active' | 'retired' | 'destroyed'
}

type Change = (rows: VersionRow[], trx: TransactionClientContract) => Promise<void>

/**
 * Changes the states of the index' versions when nobody writes tokens by the former ones: it waits for their transactions,
 * a moment at a time, as a long one (a rehearsed import is one) must not hold up everybody else behind us.
 * @returns false when it was stopped
 */
export async function changeVersions(signal: AbortSignal, change: Change): Promise<boolean> {
  while (!signal.aborted) {
    try {
      await inOwnTransaction(async ({ client }) => change(await lockVersions(client), client))
      return true
    } catch (error) {
      if (!isTransient(error)) throw error
      await sleep(PAUSE_MS, undefined, { signal }).catch(() => {})
    }
  }
  return false
}

async function lockVersions(trx: TransactionClientContract): Promise<VersionRow[]> {
  const hasWait = trx.dialect.name === 'mysql'
  if (hasWait) await trx.rawQuery(`set innodb_lock_wait_timeout = ${WAIT_SECONDS}`)
  try {
    const rows = await trx.from('root_keys').where('purpose', INDEX_PURPOSE).orderBy('version').forUpdate()
    return rows.map(({ id, version, state }) => ({ id: Number(id), version: Number(version), state }))
  } finally {
    // The connection goes back to the pool.
    if (hasWait) await trx.rawQuery('set innodb_lock_wait_timeout = default').catch(() => {})
  }
}

/** A key, wrapped, that was seen to open. The provider may be far away: not to be called in a transaction. */
export async function newIndexKey() {
  const { provider } = keyring()
  const plain = randomBytes(32)
  const { kekUri, wrapped } = await provider.wrap(plain, CONTEXT)
  if (!plain.equals(await provider.unwrap(wrapped, kekUri, CONTEXT)))
    throw new Error(`${kekUri} does not open what it wrapped`)
  return { kek_uri: kekUri, wrapped }
}

/** The version that is to be written beside the active one: one that a dead rotation left is taken. */
export async function addVersion(
  rows: VersionRow[],
  key: Awaited<ReturnType<typeof newIndexKey>>,
  trx: TransactionClientContract
): Promise<number> {
  const begun = rows.find(({ state }) => state === 'writing')
  if (begun) return begun.version
  const version = Math.max(...rows.map((row) => row.version)) + 1
  const at = toSqlInstant(now())
  const row = { purpose: INDEX_PURPOSE, version, ...key, state: 'writing', created_at: at, updated_at: at }
  await trx.table('root_keys').insert(row)
  return version
}

export async function activateVersion(to: number, rows: VersionRow[], trx: TransactionClientContract) {
  if (rows.find(({ version }) => version === to)?.state !== 'writing') return
  await setState(
    rows.filter(({ state }) => state === 'active'),
    { state: 'retired' },
    trx
  )
  await setState(
    rows.filter(({ version }) => version === to),
    { state: 'active' },
    trx
  )
}

export function destroyVersionsBefore(to: number, rows: VersionRow[], trx: TransactionClientContract) {
  const gone = rows.filter(({ version, state }) => version < to && state === 'retired')
  return setState(gone, { state: 'destroyed', wrapped: Buffer.alloc(1) }, trx)
}

async function setState(
  rows: VersionRow[],
  fields: { state: VersionRow['state']; wrapped?: Buffer },
  trx: TransactionClientContract
) {
  const ids = rows.map(({ id }) => id)
  await trx
    .from('root_keys')
    .whereIn('id', ids)
    .update({ ...fields, updated_at: toSqlInstant(now()) })
}
