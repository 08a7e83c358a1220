import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { KeySubjectType } from '#app/core/clinical_row'
import { selectRows } from '#app/core/insert_rows'
import { Refused } from '#app/core/problem'
import { inOwnTransaction } from '#app/core/transaction'
import type { JobKind, RunningJob } from '#app/jobs/job_kind'
import { renewDataKeys } from '#app/rotations/renew_data_keys'
import { reseal } from '#app/rotations/reseal'

export interface RotateData {
  /** Nobody else's key. */
  patient: string | null
}

export interface RotatePosition {
  type: KeySubjectType
  /** Whoever came first is done. */
  after: string
  /** Of these types, in the order of their uuids, up to here: whoever came later has a new key anyway. */
  last: string
  /** The keys of those up to here are new, and their values may not be. */
  through?: string
  /** Values that could not be read, and were left as they are. */
  unreadable: number
}

type Job = RunningJob<RotateData, RotatePosition>

/** Few: while their keys change, whoever writes in their charts waits for one another. */
const SUBJECTS = 20
const TYPES: KeySubjectType[] = ['patient', 'user']

/**
 * A new generation of data keys, one batch of subjects after the other, and all their values under it.
 * Errors: Refused `values_unreadable`, once all the rest is done.
 */
const rotateData: JobKind<RotateData, RotatePosition> = {
  kind: 'keys.rotate_data',
  async run(job) {
    const { position, payload } = job
    const total = position ? undefined : await countSubjects(payload, db.connection())
    const counts = { done: job.done, total, unreadable: position?.unreadable ?? 0 }
    for (const type of TYPES.slice(position ? TYPES.indexOf(position.type) : 0)) {
      const isResumed = position?.type === type
      const last = isResumed ? position.last : await lastSubject(type, payload)
      let at: RotatePosition | null = isResumed ? position : { type, after: '', last, unreadable: counts.unreadable }
      while (at && !job.signal.aborted) at = await rotateBatch(job, at, counts)
      if (job.signal.aborted) return
    }
    const { unreadable } = counts
    if (unreadable) throw new Refused('values_unreadable', { extra: { unreadable } })
  },
}

export default rotateData

interface Counts {
  done: number
  total?: number
  unreadable: number
}

/** @returns where it goes on; null when all of this type are done, or when the work was broken off */
async function rotateBatch(job: Job, at: RotatePosition, counts: Counts): Promise<RotatePosition | null> {
  const { type } = at
  const uuids = await subjectsAfter(at, job.payload)
  if (!uuids.length) return null
  const through = uuids.at(-1)!
  const tell = (trx: TransactionClientContract, position: RotatePosition, done = counts.done) =>
    job.advance(trx, { position, done, total: counts.total })
  const renewed = { ...at, through }
  if (!at.through) {
    const guard = (trx: TransactionClientContract) => tell(trx, at)
    await renewDataKeys({ type, uuids, guard, activated: (trx) => tell(trx, renewed) })
  }
  const found = await reseal({ type, uuids, signal: job.signal, guard: (trx) => tell(trx, renewed) })
  if (job.signal.aborted) return null
  const unreadable = counts.unreadable + found
  const next: RotatePosition = { type, after: through, last: at.last, unreadable }
  await inOwnTransaction(({ client }) => tell(client, next, counts.done + uuids.length))
  Object.assign(counts, { done: counts.done + uuids.length, unreadable })
  return next
}

async function subjectsAfter({ type, after, last, through }: RotatePosition, { patient }: RotateData) {
  const rows = await selectRows<{ subject_uuid: string }>(
    db.connection(),
    `select subject_uuid from data_keys where subject_type = ? and state = 'active' and subject_uuid > ?
       and subject_uuid <= ? and subject_uuid >= ? order by subject_uuid limit ?`,
    [type, after, through ?? last, patient ?? '', SUBJECTS]
  )
  return rows.map(({ subject_uuid }) => subject_uuid)
}

/** Empty where there is nobody. */
async function lastSubject(type: KeySubjectType, { patient }: RotateData): Promise<string> {
  if (patient) return type === 'patient' ? patient : ''
  const [row] = await selectRows<{ last: string | null }>(
    db.connection(),
    `select max(subject_uuid) as last from data_keys where subject_type = ? and state = 'active'`,
    [type]
  )
  return row?.last ?? ''
}

export async function countSubjects({ patient }: RotateData, client: QueryClientContract): Promise<number> {
  const query = client.from('data_keys').where('state', 'active')
  if (patient) void query.where({ subject_type: 'patient', subject_uuid: patient })
  const [{ total }] = await query.count('* as total')
  return Number(total)
}
