import vine from '@vinejs/vine'
import { now } from '#app/core/clock'
import { Conflict } from '#app/core/problem'
import { useCase } from '#app/core/use_case'
import Job from '#app/jobs/job'
import JobPolicy from '#app/jobs/job_policy'

/** Has a server try at once what failed, or waits after a failure; it goes on where it stopped. Errors: Conflict `job_not_waiting`. */
export const retryJob = useCase({
  name: 'jobs.retry',
  input: vine.create({ id: vine.string().toLowerCase().uuid() }),
  find: ({ id }, { trx }) => Job.query({ client: trx }).where('uuid', id).forUpdate().firstOrFail(),
  policy: [JobPolicy, 'retry'],
  async run({ subject: job, trx, note }) {
    if (job.state !== 'failed' && job.state !== 'waiting') throw new Conflict('job_not_waiting')
    note({ kind: job.kind })
    const at = now()
    return job
      .useTransaction(trx)
      .merge({ state: 'waiting', attempts: 0, notBefore: at, endedAt: null, updatedAt: at })
      .save()
  },
})
