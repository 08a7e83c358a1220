import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { fromSqlInstant, now } from '#app/core/clock'
import { selectRows } from '#app/core/insert_rows'
import { found, type Finding } from '#app/setup/finding'

const DAY_MS = 86_400_000
/** A failure that nobody wishes to try again is not told for ever. */
const WEEK_MS = 7 * DAY_MS
/** It has changed all the keys; what it could not read stays unreadable, however often it is tried. */
const WENT_THROUGH = 'values_unreadable'

interface JobRow {
  uuid: string
  kind: string
  state: string
  problem: string | null
  created_at: string
  ended_at: string | null
}

/** Jobs that nobody tries again by themselves, and rotations that left the keys between the former and the new ones. */
export async function examineJobs(client: QueryClientContract): Promise<Finding[]> {
  const rows = await unfinishedJobs(client)
  const at = now().getTime()
  const isOlder = (instant: string, ms: number) => at - fromSqlInstant(instant).getTime() > ms
  const isLateFailure = (row: JobRow) => row.state === 'failed' && isOlder(row.ended_at ?? row.created_at, WEEK_MS)
  const failed = rows.filter((row) => row.state === 'failed' && !isLateFailure(row))
  const halfway = rows.filter(
    (row) =>
      row.kind.startsWith('keys.') &&
      !failed.includes(row) &&
      !(isLateFailure(row) && row.problem === WENT_THROUGH) &&
      isOlder(row.created_at, DAY_MS)
  )
  return [
    ...(failed.length ? failed.map((row) => found('jobs', 'failed', factsOf(row))) : [found('jobs', 'ok')]),
    ...(halfway.length
      ? halfway.map((row) => found('rotations', 'halfway', factsOf(row)))
      : [found('rotations', 'ok')]),
  ]
}

function factsOf({ uuid: id, kind, problem, created_at: asked }: JobRow): Finding['params'] {
  return { id, kind, problem: problem ?? 'unexpected', since: fromSqlInstant(asked).toISOString().slice(0, 10) }
}

/** Without those after which the same was asked for again: a rotation of everybody's keys is that of each patient too. */
function unfinishedJobs(client: QueryClientContract): Promise<JobRow[]> {
  return selectRows<JobRow>(
    client,
    `select uuid, kind, state, problem, created_at, ended_at from jobs
     where state in ('waiting', 'running', 'failed') and not exists (
       select 1 from jobs later where later.kind = jobs.kind and later.id > jobs.id
       and (later.payload = jobs.payload or (jobs.kind like 'keys.%' and later.payload not like '%"patient":"%')))
     order by id`
  )
}
