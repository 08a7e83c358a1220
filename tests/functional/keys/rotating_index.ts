import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { moveClock, now, toSqlInstant } from '#app/core/clock'
import Job from '#app/jobs/job'
import { runDueJob, runJob } from '#app/jobs/run_job'
import { forgottenAfter } from '#app/keys/index_versions'
import { Keyring } from '#app/keys/keyring'
import { keyring, useKeyring } from '#app/keys/keyring_service'
import { rotateIndex } from '#app/rotations/rotate_index'
import { callerOf } from '#tests/acting'

let moved = 0

/** The clock of everybody goes on until nobody goes by what they knew of the index' versions. */
export function passTime() {
  moveClock((moved += forgottenAfter() + 1_000))
}

/** The clock is right again, and nobody has learnt anything while it was not. */
export function stopTime() {
  moveClock((moved = 0))
  useKeyring(otherKeyring())
}

/** As another process has it: with nothing in its memory. */
export function otherKeyring() {
  return new Keyring(keyring().provider, () => db.connection())
}

/** Begins a rotation, or goes on with the one that is open, and stops where it waits for others to forget. */
export async function rotateUntil(step: 'wait' | 'forget'): Promise<Job> {
  const { job } = await rotateIndex(callerOf(), {})
  const ending = new AbortController()
  await db
    .from('jobs')
    .where('id', job.id)
    .update({ state: 'waiting', not_before: toSqlInstant(now()) })
  const running = runDueJob(job.uuid, ending.signal).finally(() => ending.abort())
  while (!ending.signal.aborted && ![step, 'forget'].includes(await stepOf(job))) await sleep(5)
  ending.abort()
  await running
  return Job.findOrFail(job.id)
}

/** To its end, whatever it takes. */
export async function rotateToTheEnd(): Promise<Job> {
  await rotateUntil('wait')
  passTime()
  const { uuid, id } = await rotateUntil('forget')
  passTime()
  await runJob(uuid)
  return Job.findOrFail(id)
}

async function stepOf({ id }: Job): Promise<string> {
  const { position } = await db.from('jobs').where('id', id).firstOrFail()
  return position ? JSON.parse(position).step : ''
}

export async function versions(): Promise<{ version: number; state: string; wrapped: Buffer }[]> {
  return db.from('root_keys').where('purpose', 'blind_index').orderBy('version')
}

/** The versions under which this record has tokens, by the field. */
export async function tokensOfRow(uuid: string): Promise<{ unique: number[]; shared: number[] }> {
  const of = async (table: string) => {
    const rows = await db.from(table).where('row_uuid', uuid).orderBy('key_version')
    return rows.map(({ key_version }) => Number(key_version))
  }
  return { unique: await of('unique_blind_indexes'), shared: await of('blind_indexes') }
}
