import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { now, toSqlInstant } from '#app/core/clock'
import { selectRows } from '#app/core/insert_rows'
import { inOwnTransaction } from '#app/core/transaction'
import type { RunningJob } from '#app/jobs/job_kind'
import { wrappedAnew, type DataKeyRow } from '#app/keys/data_keys'
import { keyring } from '#app/keys/keyring_service'
import type { Tally } from '#app/keys/rewrap_under_kek'

const BATCH = 200

interface Moved {
  row: DataKeyRow
  wrapped: Buffer
}

/** How many data keys another master key than this wraps. Those of erased patients are no keys any more. */
export async function dataKeysNotUnder(masterId: number, client: QueryClientContract): Promise<number> {
  const sql = `select count(*) as count from data_keys where master_key_id <> ? and state <> 'shredded'`
  const [row] = await selectRows<{ count: number }>(client, sql, [masterId])
  return Number(row!.count)
}

/**
 * Wraps, in batches, every data key with the active master key. Who makes a data key names the master key in the
 * transaction that inserts it (`Keyring.active`), so that none comes under a former one once another is active. A key
 * that does not open is left as it is, with a line in the log. False when it was stopped.
 */
export async function moveDataKeys<Position>(
  job: RunningJob<unknown, Position>,
  tally: Tally,
  position: Position
): Promise<boolean> {
  let after: Buffer = Buffer.alloc(8)
  for (;;) {
    if (job.signal.aborted) return false
    const { id: masterId } = await keyring().active(db.connection())
    const rows = await selectRows<DataKeyRow>(
      db.connection(),
      `select * from data_keys where id > ? and master_key_id <> ? and state <> 'shredded' order by id limit ${BATCH}`,
      [after, masterId]
    )
    if (!rows.length) return true
    after = rows.at(-1)!.id
    const moved = await wrapAll(rows, masterId)
    const done = tally.done + rows.length
    tally.total = Math.max(tally.total, done)
    await inOwnTransaction(async ({ client }) => {
      await job.advance(client, { position, done, total: tally.total })
      await replaceWrappings(moved, masterId, client)
    })
    tally.done = done
  }
}

async function wrapAll(rows: DataKeyRow[], masterId: number): Promise<Moved[]> {
  const ring = keyring()
  const to = await ring.master(masterId)
  const moved: Moved[] = []
  for (const row of rows) {
    const from = await ring.master(Number(row.master_key_id))
    try {
      moved.push({ row, wrapped: wrappedAnew(row, from.key, to.key) })
    } catch {
      logger.error(
        { dataKey: row.id.toString('hex'), master: from.id },
        'a data key does not open, and was left as it is'
      )
    }
  }
  return moved
}

/** One statement for all of them. A key that was shredded or wrapped anew since it was read is left as it is. */
async function replaceWrappings(moved: Moved[], masterId: number, client: QueryClientContract) {
  if (!moved.length) return
  const each = (mark: string, by: string) => moved.map(() => mark).join(by)
  const sql = `update data_keys set wrapped = case id ${each('when ? then ?', ' ')} end, master_key_id = ?, updated_at = ?
    where id in (${each('?', ',')}) and (${each('(id = ? and wrapped = ?)', ' or ')})`
  await client.rawQuery(sql, [
    ...moved.flatMap(({ row, wrapped }) => [row.id, wrapped]),
    ...[masterId, toSqlInstant(now())],
    ...moved.map(({ row }) => row.id),
    ...moved.flatMap(({ row }) => [row.id, row.wrapped]),
  ] as never[])
}
