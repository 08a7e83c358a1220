import db from '@adonisjs/lucid/services/db'
import { inOwnTransaction } from '#app/core/transaction'
import type { JobKind, RunningJob } from '#app/jobs/job_kind'
import { KINDS } from '#app/jobs/kinds'
import type Job from '#app/jobs/job'
import { startJob } from '#app/jobs/start_job'
import { callerOf } from '#tests/acting'
import type { Caller } from '#app/core/caller'

export interface Counted {
  steps: number
  /** Whose rows these are. */
  name: string
  pauseMs?: number
}

const hooks = new Map<string, (job: RunningJob<Counted, number>, step: number) => Promise<void> | void>()

/** What happens within each step of the job of this name, before its commit. */
export function within(name: string, hook: (job: RunningJob<Counted, number>, step: number) => Promise<void> | void) {
  hooks.set(name, hook)
}

/** Writes one row a step: `leases` is a table that takes any name. */
const counting: JobKind<Counted, number> = {
  kind: 'tests.count',
  async run(job) {
    const { steps, name, pauseMs } = job.payload
    for (let step = (job.position ?? 0) + 1; step <= steps; step++) {
      if (job.signal.aborted) return
      await inOwnTransaction(async ({ client }) => {
        await job.advance(client, { position: step, done: step, total: steps })
        await client.rawQuery('insert into counted_steps (job, step) values (?, ?)', [name, step])
        await hooks.get(name)?.(job, step)
        if (pauseMs) await new Promise((resolve) => setTimeout(resolve, pauseMs))
      })
    }
  },
}

export async function counts() {
  KINDS['tests.count'] = async () => ({ default: counting })
  await db.rawQuery('create table if not exists counted_steps (job varchar(64) not null, step integer not null)')
}

export function startCounting(
  payload: Counted,
  options: { caller?: Caller; onlyOne?: true; inBackground?: boolean } = {}
) {
  const { caller = callerOf(), ...rest } = options
  return db.transaction((trx) => startJob(trx, { kind: 'tests.count', payload, caller, ...rest })) as Promise<Job>
}

export async function stepsOf(name: string): Promise<number[]> {
  const rows = await db.from('counted_steps').where('job', name).orderBy('step')
  return rows.map(({ step }) => Number(step))
}

export const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1)
