import db from '@adonisjs/lucid/services/db'
import { inOwnTransaction } from '#app/core/transaction'
import type { RunningJob } from '#app/jobs/job_kind'
import { kekRowsNotUnder, replaceWrapping, wrapAnew, type KekRow } from '#app/keys/kek_rows'
import { keyring } from '#app/keys/keyring_service'

/** How far a job of several parts is. */
export interface Tally {
  done: number
  total: number
}

/** Wraps these keys anew, one in each step; `positionAt` says what the job keeps of a step. False when it was stopped. */
export async function rewrapRows<Position>(
  job: RunningJob<unknown, Position>,
  rows: KekRow[],
  tally: Tally,
  positionAt: (row: KekRow) => Position
): Promise<boolean> {
  for (const row of rows) {
    if (job.signal.aborted) return false
    const anew = await wrapAnew(row, keyring().provider)
    const step = { position: positionAt(row), done: tally.done + 1, total: tally.total }
    await inOwnTransaction(async ({ client }) => {
      await job.advance(client, step)
      await replaceWrapping(row, anew, client)
    })
    tally.done++
  }
  return true
}

/**
 * Wraps anew until no key is left that another than `uri` wraps: a process that has not heard of it may still have used the
 * former one. False when it was stopped.
 */
export async function rewrapLeftOvers<Position>(
  job: RunningJob<unknown, Position>,
  uri: string,
  tally: Tally,
  positionAt: () => Position
): Promise<boolean> {
  for (;;) {
    const left = await kekRowsNotUnder(uri, db.connection())
    if (!left.length) return true
    tally.total = Math.max(tally.total, tally.done + left.length)
    if (!(await rewrapRows(job, left, tally, positionAt))) return false
  }
}
