import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { KeySubjectType } from '#app/core/clinical_row'
import { now, toSqlInstant } from '#app/core/clock'
import { insertRows, selectRows } from '#app/core/insert_rows'
import { inOwnTransaction } from '#app/core/transaction'
import { newDataKey, unwrapToSeal, type DataKeyRow } from '#app/keys/data_keys'

/** Whose keys, and what has to be true, or written, in each transaction. */
export interface Renewal {
  type: KeySubjectType
  uuids: string[]
  guard(trx: TransactionClientContract): Promise<void>
  /** In the transaction after which everybody writes under the new keys. */
  activated(trx: TransactionClientContract): Promise<void>
}

/*
 * A key is committed as `prepared`, read back from the database, and only then made the active one: a key that is lost
 * with a crash, or that the database keeps otherwise than it was given, has encrypted nothing. Whoever writes holds the
 * key that is active (activeDataKeys) until their transaction ends, so that after the last step nobody writes under the
 * former one, which stays to decrypt backups and what is not yet sealed anew.
 */
export async function renewDataKeys(renewal: Renewal): Promise<void> {
  await inOwnTransaction(({ client }) => addPrepared(renewal, client))
  for (const row of await keysOf(renewal, 'prepared', db.connection())) await unwrapToSeal(row, db.connection())
  await inOwnTransaction(({ client }) => activate(renewal, client))
}

/** One that a dead process left is taken: nothing was ever sealed under it. */
async function addPrepared({ type, uuids, guard }: Renewal, trx: TransactionClientContract) {
  await guard(trx)
  const rows = await lockKeys({ type, uuids }, trx)
  const added = []
  for (const [uuid, keys] of bySubject(rows)) {
    const isActive = keys.some(({ state }) => state === 'active')
    if (!isActive || keys.some(({ state }) => state === 'prepared')) continue
    const generation = Math.max(...keys.map((key) => Number(key.generation))) + 1
    const { row } = await newDataKey(type, uuid, trx, { generation, state: 'prepared' })
    added.push({ ...row })
  }
  await insertRows(trx, 'data_keys', added)
}

/** The keys are locked first: waiting for those who write, the lease must not be held. */
async function activate({ type, uuids, activated }: Renewal, trx: TransactionClientContract) {
  const rows = await lockKeys({ type, uuids }, trx)
  const at = toSqlInstant(now())
  const move = (ids: Buffer[], state: DataKeyRow['state']) =>
    trx.from('data_keys').whereIn('id', ids).update({ state, updated_at: at })
  const renewed = [...bySubject(rows).values()].filter(
    (keys) => keys.some(({ state }) => state === 'active') && keys.some(({ state }) => state === 'prepared')
  )
  const inState = (wanted: DataKeyRow['state']) =>
    renewed.flatMap((keys) => keys.filter(({ state }) => state === wanted).map(({ id }) => id))
  const [former, next] = [inState('active'), inState('prepared')]
  await activated(trx)
  if (!next.length) return
  await move(former, 'decrypt')
  await move(next, 'active')
}

/** By the primary key, as those who write lock them: nobody beside these subjects waits. */
async function lockKeys(of: Pick<Renewal, 'type' | 'uuids'>, trx: TransactionClientContract) {
  const known = await keysOf(of, null, trx)
  const ids = known.map(({ id }) => id)
  if (!ids.length) return []
  const lock = trx.dialect.name === 'mysql' ? ' for update' : ''
  return selectRows<DataKeyRow>(
    trx,
    `select * from data_keys where id in (${ids.map(() => '?').join(',')}) order by id${lock}`,
    ids
  )
}

function keysOf(
  { type, uuids }: Pick<Renewal, 'type' | 'uuids'>,
  state: DataKeyRow['state'] | null,
  client: QueryClientContract
) {
  const marks = uuids.map(() => '?').join(',')
  const only = state ? ' and state = ?' : ''
  return selectRows<DataKeyRow>(
    client,
    `select * from data_keys where subject_type = ? and subject_uuid in (${marks})${only}`,
    [type, ...uuids, ...(state ? [state] : [])]
  )
}

function bySubject(rows: DataKeyRow[]): Map<string, DataKeyRow[]> {
  return Map.groupBy(rows, ({ subject_uuid }) => subject_uuid)
}
