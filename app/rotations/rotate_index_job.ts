import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { fromSqlInstant } from '#app/core/clock'
import { inOwnTransaction } from '#app/core/transaction'
import { databaseTime } from '#app/jobs/database_time'
import type { JobKind, RunningJob } from '#app/jobs/job_kind'
import { forgottenAfter } from '#app/keys/index_versions'
import {
  activateVersion,
  addVersion,
  changeVersions,
  destroyVersionsBefore,
  newIndexKey,
} from '#app/rotations/change_versions'
import { countTokens, countTokensBefore, dropTokensBefore } from '#app/rotations/drop_tokens'
import { countIndexed, countUncovered, fillIndex, indexedAfter, tokensOfVersion } from '#app/rotations/fill_index'

/*
 *   step      the new version        the former one     until
 *   fill      writing                active             every patient has tokens of both
 *   wait      writing                active             every process knows that there are two
 *   drop      active                 retired            no token of the former one is left
 *   forget    active                 retired            no process has the former key in memory
 *             active                 destroyed
 *
 * Why no search misses a row and no national id is taken twice meanwhile: app/keys/index_versions.ts.
 */
interface Position {
  /** The new version. */
  to: number
  step: 'fill' | 'wait' | 'drop' | 'forget'
  /** The last patient whose tokens are written. */
  after: number
  /** When, by the database's clock, the states of this step were there for everybody to read: milliseconds of 1970. */
  since: number | null
  done: number
  total: number
}

type Job = RunningJob<unknown, Position>

const LONGEST_PAUSE_MS = 15_000

/** The blind index under a new key, while everybody goes on writing and searching. */
const rotateIndex: JobKind<unknown, Position> = {
  kind: 'keys.rotate_index',
  async run(job) {
    let at = job.position ?? (await begin(job))
    while (at && !job.signal.aborted)
      at = await STEPS[at.step](job, { ...at, since: at.since ?? (await databaseNow()) })
  },
}

export default rotateIndex

/** Each answers where it goes on; null when all is done, or when it was stopped. */
const STEPS: Record<Position['step'], (job: Job, at: Position) => Promise<Position | null>> = {
  async fill(job, at) {
    const ids = await indexedAfter(at.after)
    if (!ids.length) return { ...at, step: 'wait' }
    const tokens = await tokensOfVersion(at.to)
    const next = { ...at, after: ids.at(-1)!, done: at.done + ids.length }
    await inOwnTransaction(async ({ client }) => {
      await tell(job, next, client)
      await fillIndex(ids, tokens, client)
    })
    return next
  },

  async wait(job, at) {
    const uncovered = await countUncovered(at.to)
    if (uncovered) throw new Error(`${uncovered} tokens are missing under version ${at.to} of the index`)
    if (!(await waitUntilKnown(job, at))) return null
    const total = at.done + (await countTokensBefore(at.to, db.connection()))
    const next: Position = { ...at, step: 'drop', since: null, total }
    const isDone = await changeVersions(job.signal, async (rows, trx) => {
      await activateVersion(at.to, rows, trx)
      await tell(job, next, trx)
    })
    return isDone ? next : null
  },

  async drop(job, at) {
    let next = at
    await inOwnTransaction(async ({ client }) => {
      const dropped = await dropTokensBefore(at.to, client)
      const done = at.done + dropped
      next = dropped ? { ...at, done, total: Math.max(at.total, done) } : { ...at, step: 'forget' }
      await tell(job, next, client)
    })
    return next
  },

  async forget(job, at) {
    if (!(await waitUntilKnown(job, at))) return null
    await changeVersions(job.signal, async (rows, trx) => {
      await destroyVersionsBefore(at.to, rows, trx)
      await tell(job, { ...at, done: at.total }, trx)
    })
    return null
  },
}

async function begin(job: Job): Promise<Position | null> {
  const key = await newIndexKey()
  const total = (await countIndexed(db.connection())) + (await countTokens(db.connection()))
  let position: Position | null = null
  await changeVersions(job.signal, async (rows, trx) => {
    const to = await addVersion(rows, key, trx)
    position = { to, step: 'fill', after: 0, since: null, done: 0, total }
    await tell(job, position, trx)
  })
  return position
}

function tell(job: Job, position: Position, trx: Parameters<Job['advance']>[0]) {
  return job.advance(trx, { position, done: position.done, total: position.total })
}

/** Until nobody goes by what was true before `since`. False when it was stopped. */
async function waitUntilKnown(job: Job, at: Position): Promise<boolean> {
  const pause = Math.min(forgottenAfter() / 20, LONGEST_PAUSE_MS)
  while ((await databaseNow()) - at.since! < forgottenAfter()) {
    if (job.signal.aborted) return false
    // A job that waits is none that never comes forward.
    await inOwnTransaction(({ client }) => tell(job, at, client))
    await sleep(pause, undefined, { signal: job.signal }).catch(() => {})
  }
  return true
}

/** By the one clock that all processes share: another may go on with this job. */
async function databaseNow(): Promise<number> {
  const client = db.connection()
  const row = await client
    .query()
    .select(databaseTime(client) as never)
    .firstOrFail()
  return fromSqlInstant(String(Object.values(row)[0]).slice(0, 23)).getTime()
}
