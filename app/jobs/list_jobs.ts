import vine from '@vinejs/vine'
import { readCase } from '#app/core/read_case'
import Job, { OPEN_STATES } from '#app/jobs/job'
import JobPolicy from '#app/jobs/job_policy'

/** The latest first. */
export const listJobs = readCase({
  name: 'jobs.list',
  input: vine.create({
    kind: vine.string().maxLength(48).optional(),
    open: vine.boolean().optional(),
    limit: vine.number().range([1, 100]).optional(),
  }),
  find: () => null,
  policy: [JobPolicy, 'view'],
  run({ client }, { kind, open, limit = 25 }) {
    const query = Job.query({ client }).orderBy('id', 'desc').limit(limit)
    if (kind) void query.where('kind', kind)
    if (open) void query.whereIn('state', [...OPEN_STATES])
    return query
  },
})

export const showJob = readCase({
  name: 'jobs.show',
  input: vine.create({ id: vine.string().toLowerCase().uuid() }),
  find: ({ id }, { client }) => Job.query({ client }).where('uuid', id).firstOrFail(),
  policy: [JobPolicy, 'view'],
  run: ({ subject }) => subject,
})
