import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { now } from '#app/core/clock'
import { selectRows } from '#app/core/insert_rows'
import { isTransient } from '#app/core/to_problem'
import { fullAfterTry, refusalOf, type Bucket } from '#app/throttles/bucket'
import type { TryCounter } from '#app/throttles/try_counter'
import { readConnection } from '#config/database'

const ATTEMPTS = 8

/**
 * Tries in the table `rate_limits`, where `expire` is the instant at which a bucket is full again. One transaction for
 * all buckets of a try, as each would be a write to the disk on SQLite; never to be called inside of another.
 */
export const databaseCounter: TryCounter = {
  async take(buckets) {
    const at = now().getTime()
    // Time and what is given back only ever fill a bucket, so that an empty one refuses without a write.
    const refusal = refusalOf(buckets, await instantsOf(buckets, db.connection(readConnection)), at)
    if (refusal) return refusal
    return inOwnTransaction(async (trx) => {
      await lock(buckets, at, trx)
      const fullAt = await instantsOf(buckets, trx)
      const tooLate = refusalOf(buckets, fullAt, at)
      if (tooLate) return tooLate
      await write(
        buckets.map((bucket) => [bucket.key, fullAfterTry(bucket, fullAt.get(bucket.key), at)]),
        trx
      )
      return null
    })
  },

  async giveBack(buckets, remembered) {
    await inOwnTransaction(async (trx) => {
      const cases = buckets.map(() => 'when ? then ?').join(' ')
      const moved = buckets.flatMap(({ key, everyMs }) => [key, everyMs])
      await trx.rawQuery(
        `update rate_limits set expire = expire - case \`key\` ${cases} else 0 end where \`key\` in (${marksOf(buckets)})`,
        [...moved, ...buckets.map(({ key }) => key)] as never[]
      )
      if (remembered) await write([[remembered.key, now().getTime() + remembered.forMs]], trx)
    })
  },

  async remembers(key) {
    const kept = await instantsOf([{ key }], db.connection(readConnection))
    return (kept.get(key) ?? 0) > now().getTime()
  },
}

/** Deletes the buckets that are full again. */
export async function sweepTries(): Promise<number> {
  return Number(await db.connection().from('rate_limits').where('expire', '<', now().getTime()).delete())
}

const marksOf = (list: readonly unknown[]) => list.map(() => '?').join(', ')

async function instantsOf(buckets: readonly { key: string }[], client: QueryClientContract) {
  const rows = await selectRows<{ key: string; expire: number }>(
    client,
    `select \`key\`, expire from rate_limits where \`key\` in (${marksOf(buckets)})`,
    buckets.map(({ key }) => key)
  )
  return new Map(rows.map(({ key, expire }) => [key, Number(expire)]))
}

/** A row of each bucket that nobody else writes until the end of the transaction; the same order for everybody. */
async function lock(buckets: readonly Bucket[], at: number, trx: TransactionClientContract) {
  const keys = buckets.map(({ key }) => key).sort()
  const kept = trx.dialect.name === 'mysql' ? 'on duplicate key update points = points' : 'on conflict do nothing'
  await trx.rawQuery(
    `insert into rate_limits (\`key\`, points, expire) values ${keys.map(() => '(?, 0, ?)').join(', ')} ${kept}`,
    keys.flatMap((key) => [key, at]) as never[]
  )
}

async function write(entries: (readonly [string, number])[], trx: TransactionClientContract) {
  const replaced =
    trx.dialect.name === 'mysql'
      ? 'on duplicate key update expire = values(expire)'
      : 'on conflict (`key`) do update set expire = excluded.expire'
  await trx.rawQuery(
    `insert into rate_limits (\`key\`, points, expire) values ${entries.map(() => '(?, 0, ?)').join(', ')} ${replaced}`,
    entries.flat() as never[]
  )
}

async function inOwnTransaction<T>(work: (trx: TransactionClientContract) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.connection().transaction(work)
    } catch (error) {
      if (attempt === ATTEMPTS || !isTransient(error)) throw error
      await sleep(Math.random() * 5 * 2 ** attempt)
    }
  }
}
