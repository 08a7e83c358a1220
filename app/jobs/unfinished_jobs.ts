import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { now } from '#app/core/clock'
import Job, { OPEN_STATES } from '#app/jobs/job'

const DAY_MS = 86_400_000
/** A failure that nobody wishes to try again is not told for ever. */
const WEEK_MS = 7 * DAY_MS
/** It has changed all the keys; what it could not read stays unreadable, however often it is tried. */
const WENT_THROUGH = 'values_unreadable'

/** Without those after which the same was asked for again: a rotation of everybody's keys is that of each patient too. */
const NOT_ASKED_AGAIN = `not exists (
  select 1 from jobs later where later.kind = jobs.kind and later.id > jobs.id
  and (later.payload = jobs.payload or (jobs.kind like 'keys.%' and later.payload not like '%"patient":"%')))`

/** Jobs that nobody tries again by themselves, and rotations that left the keys between the former and the new ones. */
export async function stuckJobs(client: QueryClientContract): Promise<{ failed: Job[]; halfway: Job[] }> {
  const jobs = await Job.query({ client })
    .whereIn('state', [...OPEN_STATES, 'failed'])
    .whereRaw(NOT_ASKED_AGAIN)
    .orderBy('id')
  const at = now().getTime()
  const isOlder = (instant: Date, ms: number) => at - instant.getTime() > ms
  const isLateFailure = (job: Job) => job.state === 'failed' && isOlder(job.endedAt ?? job.createdAt, WEEK_MS)
  const failed = jobs.filter((job) => job.state === 'failed' && !isLateFailure(job))
  const halfway = jobs.filter(
    (job) =>
      job.kind.startsWith('keys.') &&
      !failed.includes(job) &&
      !(isLateFailure(job) && job.problem === WENT_THROUGH) &&
      isOlder(job.createdAt, DAY_MS)
  )
  return { failed, halfway }
}

/** Rotations of keys that wait, run, or failed and were not asked for again; the oldest first. */
export function unfinishedRotations(client: QueryClientContract): Promise<Job[]> {
  return Job.query({ client })
    .where('kind', 'like', 'keys.%')
    .where((either) => {
      void either
        .whereIn('state', [...OPEN_STATES])
        .orWhere((failed) => void failed.where('state', 'failed').whereRaw(NOT_ASKED_AGAIN))
    })
    .orderBy('id')
    .exec()
}
