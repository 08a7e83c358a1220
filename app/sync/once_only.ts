import type { Caller } from '#app/core/caller'
import { Invalid } from '#app/core/problem'
import { inTransaction } from '#app/core/transaction'
import { keepResult, takeKey, type WriteKey } from '#app/sync/kept_results'
import { digestOfWrite } from '#app/sync/write_digest'

const KEPT_FOR = 24 * 3_600_000
const KEY = /^[\x21-\x7e]{1,128}$/

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
  return inTransaction(caller, async (owned) => {
    const inner = { ...caller, trx: owned }
    const own: WriteKey = [caller.user.id, key]
    const digest = await digestOfWrite(request, owned.client)
    const former = await takeKey(owned.client, own, digest, KEPT_FOR)
    if (former) return { result: await open(inner, former.uuid), isReplay: true }
    const result = await write(inner)
    await keepResult(owned.client, own, { status: 'applied', uuid: result.uuid })
    return { result, isReplay: false }
  })
}
