import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { NOBODY, OPERATOR, type Actor } from '#app/core/actor'
import { now, toSqlInstant } from '#app/core/clock'
import { loggable } from '#app/core/loggable'
import { Problem } from '#app/core/problem'
import { toProblem } from '#app/core/to_problem'
import { inOwnTransaction } from '#app/core/transaction'
import Job, { OPEN_STATES } from '#app/jobs/job'
import type { JobProgress, RunningJob } from '#app/jobs/job_kind'
import { KINDS } from '#app/jobs/kinds'
import { LeaseLost, withLease, type Lease } from '#app/jobs/lease'
import { withGrants } from '#app/users/grants'
import User from '#app/users/user'

const LEASE_MS = 30_000
const ATTEMPTS = 10
const FIRST_PAUSE_MS = 5_000
const LONGEST_PAUSE_MS = 10 * 60_000

interface Options {
  onProgress?: (progress: JobProgress) => void
  /** Ends the work after the step in hand; the job is left to the next process. */
  signal?: AbortSignal
}

/** It stands in the job already, to be tried again or not. */
class BrokenOff {
  constructor(readonly reason: unknown) {}
}

interface Run extends Options {
  job: Job
  lease: Lease
}

/**
 * Runs a job here, from where it stopped, also one that failed: whoever asks by hand begins to count its attempts anew.
 * 'elsewhere' when another process has it in hand. Errors: whatever the work throws; the job is then tried again later, by
 * a server or by another call.
 */
export async function runJob(uuid: string, { onProgress }: Options = {}): Promise<'done' | 'elsewhere'> {
  const outcome = await underLease(uuid, async (run) => {
    if (run.job.state === 'done') return 'done'
    await take(run, 1)
    return work({ ...run, onProgress })
  })
  if (outcome instanceof BrokenOff) throw outcome.reason
  return outcome === 'done' ? 'done' : 'elsewhere'
}

/**
 * Runs a job for a server: what is due, and never one that ten processes left without a step forward. What goes wrong with
 * it stands in the job. Errors: those of a database that is gone.
 */
export async function runDueJob(uuid: string, signal: AbortSignal): Promise<void> {
  await underLease(uuid, async (run) => {
    const { state, notBefore, attempts } = run.job
    if (!(OPEN_STATES as readonly string[]).includes(state) || notBefore > now()) return
    if (attempts >= ATTEMPTS) return close(run, 'failed', run.job.problem ?? 'died')
    await take(run, attempts + 1)
    await work({ ...run, signal })
  })
}

async function underLease<T>(uuid: string, run: (run: Run) => Promise<T>): Promise<T | 'elsewhere' | null> {
  try {
    return await withLease(`job:${uuid}`, LEASE_MS, async (lease) =>
      run({ job: await Job.query().where('uuid', uuid).firstOrFail(), lease })
    )
  } catch (error) {
    if (error instanceof LeaseLost) return 'elsewhere'
    throw error
  }
}

async function work(run: Run): Promise<'done' | 'stopped' | BrokenOff> {
  const { job, lease, signal } = run
  try {
    const { default: kind } = await KINDS[job.kind]!()
    const running = await runningJob(run)
    await kind.run(running)
    if (lease.signal.aborted) throw lease.signal.reason
  } catch (error) {
    if (lease.signal.aborted || error instanceof LeaseLost) throw new LeaseLost(lease.name)
    if (signal?.aborted) return 'stopped'
    await putOff(run, error)
    return new BrokenOff(error)
  }
  if (signal?.aborted) return 'stopped'
  await close(run, 'done', null)
  logger.info({ job: job.uuid, kind: job.kind }, 'a job is done')
  return 'done'
}

async function runningJob({ job, lease, signal, onProgress }: Run): Promise<RunningJob> {
  const user = await actorOf(job)
  return {
    ...{ uuid: job.uuid, payload: JSON.parse(job.payload), done: Number(job.done) },
    position: job.position === null ? null : JSON.parse(job.position),
    caller: { user, via: 'job', requestId: job.uuid, ip: null, userAgent: null },
    signal: signal ? AbortSignal.any([signal, lease.signal]) : lease.signal,
    async advance(trx, { position, done, total }) {
      const known = total ?? job.total
      const step = { position: JSON.stringify(position), done, total: known, attempts: 0, problem: null }
      await write({ job, lease }, trx, step)
      trx.after('commit', () => {
        job.total = known
        job.attempts = 0
        onProgress?.({ done, total: known })
      })
    },
  }
}

/** What they may is asked again: a job may run long after it was asked for. */
async function actorOf({ requestedBy }: Job): Promise<Actor> {
  if (requestedBy === null) return OPERATOR
  const user = await User.find(requestedBy)
  return user ? withGrants(user, db.connection()) : NOBODY
}

function take({ job, lease }: Run, attempts: number) {
  const at = toSqlInstant(now())
  job.attempts = attempts
  const started = job.startedAt ? toSqlInstant(job.startedAt) : at
  return inOwnTransaction(({ client }) =>
    write({ job, lease }, client, { state: 'running', attempts, started_at: started, ended_at: null })
  )
}

/** What a rule refuses it will refuse again; anything else may work later. */
async function putOff(run: Run, thrown: unknown) {
  const { job } = run
  const error = toProblem(thrown)
  const problem = error instanceof Problem ? error.code : 'unexpected'
  const told = { job: job.uuid, kind: job.kind, attempts: job.attempts, code: problem, err: loggable(thrown) }
  const isRefused = error instanceof Problem && error.status < 500 && ![409, 429].includes(error.status)
  if (isRefused || job.attempts >= ATTEMPTS) {
    logger.error(told, 'a job has failed')
    return close(run, 'failed', problem)
  }
  logger.warn(told, 'a job was broken off; it is tried again')
  const next = toSqlInstant(new Date(now().getTime() + pauseAfter(job.attempts)))
  await inOwnTransaction(({ client }) => write(run, client, { state: 'waiting', problem, not_before: next }))
}

/** 5, 10, 20 … seconds, at most ten minutes. */
function pauseAfter(attempts: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** Math.max(0, attempts - 1), LONGEST_PAUSE_MS)
}

async function close(run: Run, state: 'done' | 'failed', problem: string | null) {
  const ended = { state, problem, ended_at: toSqlInstant(now()) }
  await inOwnTransaction(({ client }) => write(run, client, ended))
}

/** Only by whoever has the job in hand. */
async function write(
  { job, lease }: Pick<Run, 'job' | 'lease'>,
  trx: TransactionClientContract,
  fields: Record<string, string | number | null>
) {
  await lease.assertIn(trx)
  await trx
    .from('jobs')
    .where('id', job.id)
    .update({ ...fields, updated_at: toSqlInstant(now()) })
}
