import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Caller } from '#app/core/caller'
import { now, toSqlInstant } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { isDuplicate } from '#app/core/insert_rows'
import Job, { OPEN_STATES } from '#app/jobs/job'
import type { JobKind } from '#app/jobs/job_kind'

/** What a command that runs its job itself needs until it has it in hand; a server takes it after that. */
const HEAD_START_MS = 10_000

interface Start {
  kind: JobKind['kind']
  payload: object
  caller: Caller
  /** Where one of this kind is open already, that one is answered. */
  onlyOne?: true
  /** Nobody here is going to run it: the server may at once. */
  inBackground?: boolean
}

/** Makes a job, to be called by the use-case that checked and audits who may. It runs once the transaction is committed. */
export async function startJob(trx: TransactionClientContract, start: Start): Promise<Job> {
  const { kind, payload, caller, onlyOne, inBackground } = start
  if (onlyOne) {
    await oneAtATime(trx, kind)
    const open = await Job.query({ client: trx })
      .where('kind', kind)
      .whereIn('state', [...OPEN_STATES])
      .forUpdate()
      .first()
    if (open) return open
  }
  const at = now()
  const wait = caller.via === 'cli' && !inBackground ? HEAD_START_MS : 0
  return new Job()
    .useTransaction(trx)
    .fill({
      ...{ uuid: newUuid(), kind, payload: JSON.stringify(payload), state: 'waiting' },
      ...{ done: 0, attempts: 0, requestedBy: caller.user.id },
      ...{ notBefore: new Date(at.getTime() + wait), createdAt: at, updatedAt: at },
    })
    .save()
}

/** Holds, until the transaction ends, what two that start the same kind at once would both have to pass. */
async function oneAtATime(trx: TransactionClientContract, kind: string) {
  const name = `start:${kind}`
  const at = toSqlInstant(now())
  const touched = await trx.from('leases').where({ name }).increment('fence', 1)
  if (Number(touched) === 1) return
  try {
    await trx.table('leases').insert({ name, fence: 1, created_at: at, updated_at: at })
  } catch (error) {
    if (!isDuplicate(error)) throw error
    await trx.from('leases').where({ name }).increment('fence', 1)
  }
}
