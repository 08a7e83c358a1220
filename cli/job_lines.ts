import type Job from '#app/jobs/job'
import { findText, text } from '#cli/texts'

/** A job as --json gives it. Its payload is left out: it may name folders. */
export function jobData(job: Job) {
  const { uuid, kind, state, attempts, problem } = job
  return {
    ...{ id: uuid, kind, state, done: Number(job.done), total: job.total === null ? null : Number(job.total) },
    ...{ attempts, problem },
    created_at: job.createdAt.toISOString(),
    started_at: job.startedAt?.toISOString() ?? null,
    ended_at: job.endedAt?.toISOString() ?? null,
    not_before: job.notBefore.toISOString(),
  }
}

export type JobData = ReturnType<typeof jobData>

export function kindName(kind: string) {
  return findText('cli', `job.kinds.${kind.replaceAll('.', '_')}`) ?? kind
}

/** `40 %`, or what is done where nobody knows how much there is. */
export function howFar({ done, total, state }: JobData): string {
  if (state === 'done') return ''
  return total ? text('job.percent', { percent: Math.floor((done / total) * 100) }) : done ? String(done) : ''
}

export function problemOf({ problem }: Pick<JobData, 'problem'>): string {
  if (!problem) return ''
  const sentence =
    findText('cli', `job.problems.${problem}`) ??
    findText('cli', `problems.${problem}.title`) ??
    findText('problems', `${problem}.title`)
  return sentence ?? problem
}
