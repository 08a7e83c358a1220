import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { now } from '#app/core/clock'
import { selectRows } from '#app/core/insert_rows'
import { isTransient } from '#app/core/to_problem'
import { fullAfterTry, refusalOf, type Bucket, type Refusal } from '#app/throttles/bucket'
import type { TryCounter } from '#app/throttles/try_counter'
import { readConnection } from '#config/database'

const ATTEMPTS = 8
/* Four buckets a try: far below the number of bindings that either database takes. */
const GROUP = 100

/** When each bucket is full again, by its key, in milliseconds since 1970; what a step sets is written. */
type Instants = Map<string, number>

/** What becomes of a bucket: by how many milliseconds it is full sooner, else, with 0, when it is full. */
type Change = readonly [key: string, soonerMs: number, fullAt: number]

/** One try, and who waits for it. */
interface Waiting {
  buckets: readonly Bucket[]
  resolve: (refusal: Refusal | null) => void
  reject: (error: unknown) => void
}

let waiting: Waiting[] = []
let isWriting = false

/**
 * Tries in the table `rate_limits`, where `expire` is the instant at which a bucket is full again. All tries that arrive
 * while a transaction is under way share the next one: everybody's bucket is one row, for which each would wait through
 * the commit of the one before. Never to be called inside of a transaction.
 */
export const databaseCounter: TryCounter = {
  async take(buckets) {
    // Time and what is given back only ever fill a bucket, so that an empty one refuses without a write.
    const kept = await instantsOf(keysOf(buckets), db.connection(readConnection))
    const refusal = refusalOf(buckets, kept, now().getTime())
    return refusal ?? inGroup(buckets)
  },

  async giveBack(buckets, remembered) {
    const at = now().getTime()
    const rows = buckets.map(({ key, everyMs }): Change => [key, everyMs, at])
    if (remembered) rows.push([remembered.key, 0, at + remembered.forMs])
    await untilSettled(() => write(rows, db.connection()))
  },

  async remembers(key) {
    const kept = await instantsOf([key], db.connection(readConnection))
    return (kept.get(key) ?? 0) > now().getTime()
  },
}

function takeOf(buckets: readonly Bucket[], fullAt: Instants, at: number): Refusal | null {
  const refusal = refusalOf(buckets, fullAt, at)
  if (!refusal) for (const bucket of buckets) fullAt.set(bucket.key, fullAfterTry(bucket, fullAt.get(bucket.key), at))
  return refusal
}

function inGroup(buckets: readonly Bucket[]): Promise<Refusal | null> {
  return new Promise((resolve, reject) => {
    waiting.push({ buckets, resolve, reject })
    if (!isWriting) void writeGroups()
  })
}

async function writeGroups() {
  isWriting = true
  while (waiting.length) {
    const group = waiting.splice(0, GROUP)
    try {
      const refusals = await takeGroup(group.map(({ buckets }) => buckets))
      group.forEach(({ resolve }, index) => resolve(refusals[index]!))
    } catch (error) {
      for (const { reject } of group) reject(error)
    }
  }
  isWriting = false
}

/** One try after the other, as they came; what each was refused by. */
function takeGroup(group: (readonly Bucket[])[]): Promise<(Refusal | null)[]> {
  const keys = [...new Set(group.flatMap(keysOf))].sort()
  return untilSettled(() =>
    db.connection().transaction(async (trx) => {
      const at = now().getTime()
      await lock(keys, at, trx)
      const fullAt: Instants = await instantsOf(keys, trx)
      const former = new Map(fullAt)
      const refusals = group.map((buckets) => takeOf(buckets, fullAt, at))
      const changed = [...fullAt].filter(([key, instant]) => former.get(key) !== instant)
      const rows = changed.map(([key, instant]): Change => [key, 0, instant])
      if (rows.length) await write(rows, trx)
      return refusals
    })
  )
}

/** Deletes the buckets that are full again. */
export async function sweepTries(): Promise<number> {
  return Number(await db.connection().from('rate_limits').where('expire', '<', now().getTime()).delete())
}

const marksOf = (list: readonly unknown[]) => list.map(() => '?').join(', ')

const keysOf = (buckets: readonly Bucket[]) => buckets.map(({ key }) => key)

async function instantsOf(keys: string[], client: QueryClientContract): Promise<Instants> {
  const rows = await selectRows<{ key: string; expire: number }>(
    client,
    `select \`key\`, expire from rate_limits where \`key\` in (${marksOf(keys)})`,
    keys
  )
  return new Map(rows.map(({ key, expire }) => [key, Number(expire)]))
}

/** A row of each bucket that nobody else writes until the end of the transaction; the same order for everybody. */
async function lock(keys: string[], at: number, trx: TransactionClientContract) {
  const kept = trx.dialect.name === 'mysql' ? 'on duplicate key update points = points' : 'on conflict do nothing'
  await trx.rawQuery(
    `insert into rate_limits (\`key\`, points, expire) values ${keys.map(() => '(?, 0, ?)').join(', ')} ${kept}`,
    keys.flatMap((key) => [key, at]) as never[]
  )
}

/** In one statement, in the same order for everybody. */
async function write(rows: Change[], client: QueryClientContract) {
  const replaced =
    client.dialect.name === 'mysql'
      ? 'on duplicate key update expire = if(values(points) = 0, values(expire), expire - values(points))'
      : 'on conflict (`key`) do update set expire = iif(excluded.points = 0, excluded.expire, expire - excluded.points)'
  await client.rawQuery(
    `insert into rate_limits (\`key\`, points, expire) values ${rows.map(() => '(?, ?, ?)').join(', ')} ${replaced}`,
    rows.sort(([one], [other]) => (one < other ? -1 : 1)).flat() as never[]
  )
}

async function untilSettled<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt === ATTEMPTS || !isTransient(error)) throw error
      await sleep(Math.random() * 5 * 2 ** attempt)
    }
  }
}
