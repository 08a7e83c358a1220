import vine from '@vinejs/vine'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { browse } from '#app/core/browse'
import { readCase } from '#app/core/read_case'
import { rowUuid } from '#app/core/rules'
import Job, { JOB_STATES } from '#app/jobs/job'
import JobPolicy from '#app/jobs/job_policy'
import { KINDS } from '#app/jobs/kinds'

/** Background jobs as the back office lists them: those that failed first, then the latest. */
export const browseJobs = browse({
  name: 'jobs.browse',
  policy: [JobPolicy, 'view'],
  filters: {
    kind: vine.enum(Object.keys(KINDS)).optional(),
    state: vine.enum(JOB_STATES).optional(),
  },
  sorts: { created_at: 'jobs.created_at' },
  direction: 'desc',
  tie: 'jobs.id',
  query({ client }, { kind, state }) {
    const query = named(client).orderByRaw(`case when jobs.state = 'failed' then 0 else 1 end`)
    if (kind) void query.where('jobs.kind', String(kind))
    if (state) void query.where('jobs.state', String(state))
    return query
  },
  show: rowOf,
})

export const openJobRow = readCase({
  name: 'jobs.open',
  input: vine.create({ id: rowUuid() }),
  find: ({ id }, { client }) => named(client).where('jobs.uuid', id).firstOrFail(),
  policy: [JobPolicy, 'view'],
  run: ({ subject }) => ({ ...rowOf(subject), auditIdentity: () => subject.auditIdentity() }),
})

const named = (client: QueryClientContract) =>
  Job.query({ client })
    .select('jobs.*')
    .select(client.raw('(select u.name from users u where u.id = jobs.requested_by) as requester') as never)

/** The payload is left out: it may name folders. */
function rowOf(job: Job) {
  const { uuid, kind, state, attempts, problem } = job
  const [done, total] = [Number(job.done), job.total === null ? null : Number(job.total)]
  return {
    ...{ id: uuid, kind, state, attempts, problem, done, total },
    requested_by: (job.$extras.requester as string | null) ?? null,
    created_at: job.createdAt.toISOString(),
    started_at: job.startedAt?.toISOString() ?? null,
    ended_at: job.endedAt?.toISOString() ?? null,
    not_before: state === 'waiting' ? job.notBefore.toISOString() : null,
  }
}
