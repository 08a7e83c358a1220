import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Caller, OwnedTransaction } from '#app/core/caller'
import { giveBack, lose } from '#app/audit/writer'
import { recordRefusals } from '#app/audit/record'
import { retryTransient } from '#app/core/retry_transient'
import { isDatabaseGone, isTransient } from '#app/core/to_problem'

/**
 * Runs `work` in the caller's transaction, inside a savepoint, or in one of its own. Only the owner of the outermost
 * transaction retries a deadlock, from the start and on a fresh one: a retry inside a joined transaction would commit
 * a write whose dedupe row the outer rollback removes. Refusals are written after the rollback.
 */
export async function inTransaction<T>(caller: Caller, work: (owned: OwnedTransaction) => Promise<T>): Promise<T> {
  return caller.trx ? joined(caller.trx, work) : inOwnTransaction(work)
}

async function joined<T>(owner: OwnedTransaction, work: (owned: OwnedTransaction) => Promise<T>): Promise<T> {
  const savepoint = await owner.client.transaction()
  const inner = owned(savepoint, owner.refusals)
  try {
    const result = await work(inner)
    if (inner.broken) throw inner.broken
    await savepoint.commit()
    owner.numbers.push(...inner.numbers)
    return result
  } catch (thrown) {
    const error = inner.broken ?? thrown
    if (!savepoint.isCompleted) await savepoint.rollback()
    giveBack(inner.numbers)
    if (isTransient(error)) await breakOff(owner, error)
    throw error
  }
}

/** MariaDB has ended the whole transaction: an owner who went on would write outside of any, so that its client is closed. */
async function breakOff(owner: OwnedTransaction, error: unknown) {
  owner.broken = error
  if (!owner.client.isCompleted) await owner.client.rollback().catch(() => {})
}

/** For what commits by itself, whoever calls. */
export async function inOwnTransaction<T>(work: (owned: OwnedTransaction) => Promise<T>): Promise<T> {
  const refusals: OwnedTransaction['refusals'] = []
  try {
    return await retryTransient(() => {
      refusals.length = 0
      return once(refusals, work)
    })
  } finally {
    await recordRefusals(db.connection(), refusals)
  }
}

async function once<T>(refusals: OwnedTransaction['refusals'], work: (owned: OwnedTransaction) => Promise<T>) {
  const client = await db.transaction()
  const own = owned(client, refusals)
  try {
    // Takes SQLite's write lock at once: a transaction that reads first and writes later fails with BUSY_SNAPSHOT.
    if (client.dialect.name !== 'mysql') await client.rawQuery('update sync_heads set seq = seq where 0')
    const result = await work(own)
    if (own.broken) throw own.broken
    await client.commit()
    return result
  } catch (thrown) {
    const error = own.broken ?? thrown
    if (!client.isCompleted) await client.rollback().catch(() => {})
    // When the connection died at the commit nobody knows whether the rows are there: a gap is honest, a double is not.
    if (isDatabaseGone(error)) lose(own.numbers)
    else giveBack(own.numbers)
    throw error
  }
}

function owned(client: TransactionClientContract, refusals: OwnedTransaction['refusals']): OwnedTransaction {
  return { client, refusals, numbers: [] }
}
