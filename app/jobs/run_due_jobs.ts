import { now, toSqlInstant } from '#app/core/clock'
import Job, { OPEN_STATES } from '#app/jobs/job'
import { KINDS } from '#app/jobs/kinds'
import { runDueJob } from '#app/jobs/run_job'
import { readConnection } from '#config/database'

/** Runs what is due, one job after the other, the oldest first. What a newer release has started, and only it knows, waits for it. */
export async function runDueJobs(signal: AbortSignal): Promise<void> {
  const due = await Job.query({ connection: readConnection })
    .whereIn('state', [...OPEN_STATES])
    .whereIn('kind', Object.keys(KINDS))
    .where('not_before', '<=', toSqlInstant(now()))
    .orderBy('id')
  for (const { uuid } of due) {
    if (signal.aborted) return
    await runDueJob(uuid, signal)
  }
}
