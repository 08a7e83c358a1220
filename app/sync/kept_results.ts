import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { now, toSqlInstant } from '#app/core/clock'
import { isDuplicate, selectRows } from '#app/core/insert_rows'
import { Refused } from '#app/core/problem'
import type { Entity } from '#app/sync/protocol'

/** Whose write, by the key that they gave it. */
export type WriteKey = [userId: number | null, key: string]

/** What is kept of a write: never clinical text, which is read and authorised again. */
export interface KeptResult {
  status: 'applied' | 'conflict'
  uuid: string
  /** Of what devices send; it is late work where nobody treated the patient any more. */
  entity?: Entity
  version?: number
  late?: true
}

interface Row {
  mutation_id: string
  body_hash: Buffer
  result: string
  at: string
}

const WHERE = 'where user_id = ? and mutation_id = ?'

/**
 * What this key did before, or null once the key is ours. Nothing is read or deleted before the insert: on MariaDB either
 * would lock the gap into which every other request of this user inserts, and each pair would deadlock. A concurrent
 * duplicate waits here until the first is committed. Errors: Refused `mutation_id_reused` for the same key with another
 * body.
 */
export async function takeKey(
  trx: TransactionClientContract,
  key: WriteKey,
  hash: Buffer,
  keptForMs: number
): Promise<KeptResult | null> {
  const at = toSqlInstant(now())
  try {
    await trx.rawQuery('insert into sync_mutations (user_id, mutation_id, body_hash, at) values (?, ?, ?, ?)', [
      ...key,
      hash,
      at,
    ] as never[])
    return null
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
  const [kept] = await selectRows<Row>(trx, `select * from sync_mutations ${WHERE}`, key)
  if (kept!.at < toSqlInstant(new Date(now().getTime() - keptForMs))) {
    const update = `update sync_mutations set body_hash = ?, result = null, at = ? ${WHERE}`
    await trx.rawQuery(update, [hash, at, ...key] as never[])
    return null
  }
  if (!kept!.body_hash.equals(hash)) throw new Refused('mutation_id_reused')
  return JSON.parse(kept!.result) as KeptResult
}

/** Keeps what became of the write whose key is ours, in the same transaction. */
export async function keepResult(trx: TransactionClientContract, key: WriteKey, result: KeptResult) {
  await trx.rawQuery(`update sync_mutations set result = ? ${WHERE}`, [JSON.stringify(result), ...key] as never[])
}

/** Which of these writes of this user are applied. */
export async function appliedAmong(
  client: QueryClientContract,
  userId: number | null,
  keys: string[]
): Promise<Set<string>> {
  const places = keys.map(() => '?').join(', ')
  const sql = `select mutation_id, result from sync_mutations where user_id = ? and mutation_id in (${places})`
  const rows = await selectRows<Row>(client, sql, [userId, ...keys])
  const applied = rows.filter(({ result }) => (JSON.parse(result) as KeptResult | null)?.status === 'applied')
  return new Set(applied.map(({ mutation_id }) => mutation_id))
}
