import { createHash } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Caller } from '#app/core/caller'
import { now, toSqlInstant } from '#app/core/clock'
import { isDuplicate, selectRows } from '#app/core/insert_rows'
import { Invalid, Refused } from '#app/core/problem'
import { inTransaction } from '#app/core/transaction'

const KEPT_FOR = 24 * 3_600_000
const KEY = /^[\x21-\x7e]{1,128}$/

interface Kept {
  body_hash: Buffer
  result: string
  at: string
}

/**
 * Runs a write at most once for a key of this user. The key's row is inserted first, in the write's own transaction: a
 * concurrent duplicate waits for it and then replays. Only success is kept; a refusal is answered anew each time.
 * A replay opens the record again, so that it is authorised and audited like any other access.
 * Errors: Refused `mutation_id_reused` for the same key with another body.
 */
export async function onceOnly<T extends { uuid: string }>(
  caller: Caller,
  key: string | undefined,
  request: unknown,
  write: (caller: Caller) => Promise<T>,
  open: (caller: Caller, uuid: string) => Promise<T>
): Promise<{ result: T; isReplay: boolean }> {
  if (key === undefined) return { result: await write(caller), isReplay: false }
  if (!KEY.test(key)) throw new Invalid([{ pointer: '', code: 'idempotency_key' }])
  const hash = createHash('sha256').update(JSON.stringify(request)).digest()
  return inTransaction(caller, async (owned) => {
    const inner = { ...caller, trx: owned }
    const former = await takeKey(owned.client, [caller.user.id, key], hash)
    if (former) return { result: await open(inner, former), isReplay: true }
    const result = await write(inner)
    await owned.client.rawQuery('update sync_mutations set result = ? where user_id = ? and mutation_id = ?', [
      JSON.stringify({ status: 'applied', uuid: result.uuid }),
      caller.user.id,
      key,
    ] as never[])
    return { result, isReplay: false }
  })
}

/**
 * The uuid that this key made before, or null once the key is ours. Nothing is read or deleted before the insert: on
 * MariaDB either would lock the gap into which every other request of this user inserts, and each pair would deadlock.
 */
async function takeKey(
  trx: TransactionClientContract,
  id: [number | null, string],
  hash: Buffer
): Promise<string | null> {
  const at = toSqlInstant(now())
  try {
    await trx.rawQuery('insert into sync_mutations (user_id, mutation_id, body_hash, at) values (?, ?, ?, ?)', [
      ...id,
      hash,
      at,
    ] as never[])
    return null
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
  const where = 'where user_id = ? and mutation_id = ?'
  const [kept] = await selectRows<Kept>(trx, `select * from sync_mutations ${where}`, id)
  if (kept!.at < toSqlInstant(new Date(now().getTime() - KEPT_FOR))) {
    await trx.rawQuery(`update sync_mutations set body_hash = ?, result = null, at = ? ${where}`, [
      hash,
      at,
      ...id,
    ] as never[])
    return null
  }
  if (!kept!.body_hash.equals(hash)) throw new Refused('mutation_id_reused')
  return JSON.parse(kept!.result).uuid
}
