import type { Caller } from '#app/core/caller'
import { inTransaction } from '#app/core/transaction'

class Rehearsed extends Error {}

/** Does all that the call does, refusals included, and takes it back at the end. */
export async function rehearse<T>(caller: Caller, call: (caller: Caller) => Promise<T>): Promise<T> {
  let result: T | undefined
  try {
    await inTransaction(caller, async (trx) => {
      result = await call({ ...caller, trx })
      throw new Rehearsed()
    })
  } catch (error) {
    if (!(error instanceof Rehearsed)) throw error
  }
  return result as T
}
