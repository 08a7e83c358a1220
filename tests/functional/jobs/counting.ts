import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import type { Caller } from '#app/core/caller'
import { inOwnTransaction } from '#app/core/transaction'
import type Job from '#app/jobs/job'
import type { JobKind, RunningJob } from '#app/jobs/job_kind'
import { KINDS } from '#app/jobs/kinds'
import { startJob } from '#app/jobs/start_job'
import { callerOf } from '#tests/acting'

interface Counted {
  steps: number
  /** Whose rows these are. */
  name: string
  /** After each step. */
  pauseMs?: number
}

type Hook = (job: RunningJob<Counted, number>, step: number) => Promise<void> | void

const hooks = new Map<string, { within?: Hook; after?: Hook }>()

/** What happens within each step of the job of this name, and after its commit. */
export function onSteps(name: string, hook: { within?: Hook; after?: Hook }) {
  hooks.set(name, hook)
}

/** Writes one row a step. */
const counting: JobKind<Counted, number> = {
  kind: 'tests.count',
  async run(job) {
    const { steps, name, pauseMs } = job.payload
    const hook = hooks.get(name) ?? hooks.get('*')
    for (let step = (job.position ?? 0) + 1; step <= steps; step++) {
      if (job.signal.aborted) return
      await inOwnTransaction(async ({ client }) => {
        await job.advance(client, { position: step, done: step, total: steps })
        await client.table('counted_steps').insert({ job: name, step })
        await hook?.within?.(job, step)
      })
      await hook?.after?.(job, step)
      if (pauseMs) await sleep(pauseMs)
    }
  },
}

/** Makes the kind known to this process. */
export function knowCounting() {
  KINDS['tests.count'] = async () => ({ default: counting })
}

/** For a group: the kind and its table while its tests run. */
export async function withCounting() {
  knowCounting()
  await db.rawQuery('create table counted_steps (job varchar(64) not null, step integer not null)')
  return async () => {
    delete KINDS['tests.count']
    await db.rawQuery('drop table counted_steps')
  }
}

interface Options {
  caller?: Caller
  onlyOne?: true
  inBackground?: boolean
}

export function startCounting(payload: Counted, { caller = callerOf(), ...rest }: Options = {}): Promise<Job> {
  return inOwnTransaction(({ client }) => startJob(client, { kind: 'tests.count', payload, caller, ...rest }))
}

/** Every step that was committed, a step that was done twice being there twice. */
export async function stepsOf(name: string): Promise<number[]> {
  const rows = await db.from('counted_steps').where('job', name).orderBy('step')
  return rows.map(({ step }) => Number(step))
}

export const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1)
