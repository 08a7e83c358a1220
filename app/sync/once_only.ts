import { createHash } from 'node:crypto'
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
    const trx = owned.client
    const id = [caller.user.id, key] as const
    await trx.rawQuery('delete from sync_mutations where user_id = ? and mutation_id = ? and at < ?', [
      ...id,
      toSqlInstant(new Date(now().getTime() - KEPT_FOR)),
    ] as never[])
    try {
      await trx.rawQuery('insert into sync_mutations (user_id, mutation_id, body_hash, at) values (?, ?, ?, ?)', [
        ...id,
        hash,
        toSqlInstant(now()),
      ] as never[])
    } catch (error) {
      if (!isDuplicate(error)) throw error
      const [kept] = await selectRows<Kept>(trx, 'select * from sync_mutations where user_id = ? and mutation_id = ? for update'.replace(trx.dialect.name === 'mysql' ? '' : ' for update', ''), [...id])
      if (!kept!.body_hash.equals(hash)) throw new Refused('mutation_id_reused')
      return { result: await open(inner, JSON.parse(kept!.result).uuid), isReplay: true }
    }
    const result = await write(inner)
    await trx.rawQuery('update sync_mutations set result = ? where user_id = ? and mutation_id = ?', [
      JSON.stringify({ status: 'applied', uuid: result.uuid }),
      ...id,
    ] as never[])
    return { result, isReplay: false }
  })
}
