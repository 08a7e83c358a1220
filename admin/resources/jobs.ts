import { browseJobs, openJobRow } from '#app/jobs/browse_jobs'
import { JOB_STATES } from '#app/jobs/job'
import { KINDS } from '#app/jobs/kinds'
import { retryJob } from '#app/jobs/retry_job'
import type { AdminResource } from '#admin/resource'

/** Those that have a text; another is shown by its code. */
const PROBLEMS = ['unexpected', 'died', 'values_unreadable', 'keys_unavailable', 'forbidden']

export const jobs: AdminResource = {
  id: 'jobs',
  group: 'running',
  icon: 'Activity',
  permission: 'settings.manage',
  title: 'kind',
  properties: {
    kind: { inList: true, isFilter: true, values: Object.keys(KINDS) },
    state: { inList: true, isFilter: true, values: JOB_STATES },
    problem: { inList: true, values: PROBLEMS },
    done: { type: 'number', inList: true },
    total: { type: 'number', inList: true },
    created_at: { type: 'datetime', inList: true },
    requested_by: {},
    started_at: { type: 'datetime' },
    ended_at: { type: 'datetime' },
    not_before: { type: 'datetime' },
    attempts: { type: 'number' },
  },
  browse: browseJobs,
  open: openJobRow,
  actions: {
    retry: {
      gate: retryJob,
      permission: 'settings.manage',
      icon: 'RefreshCw',
      isFor: ({ state }) => state === 'failed' || state === 'waiting',
      asksReason: true,
      input: (row) => ({ id: row!.id }),
    },
  },
}
