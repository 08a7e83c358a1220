import { randomBytes } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { now, toSqlInstant } from '#app/core/clock'
import { inOwnTransaction } from '#app/core/transaction'
import type { JobKind, RunningJob } from '#app/jobs/job_kind'
import { keyring } from '#app/keys/keyring_service'
import { dataKeysNotUnder, moveDataKeys } from '#app/keys/move_data_keys'

interface Position {
  /** The new master key. */
  masterId: number
}

/** A new master key, which is committed and opened again before anything is wrapped with it; then every data key under it. */
const rotateMasterJob: JobKind<unknown, Position> = {
  kind: 'keys.rotate_master',
  async run(job) {
    const masterId = job.position?.masterId ?? (await makeMaster(job))
    // Unwrapped by the provider from what was committed; it throws where that does not open.
    await keyring().master(masterId)
    await inOwnTransaction(async ({ client }) => {
      await job.advance(client, { position: { masterId }, done: job.done })
      await activate(masterId, client)
    })
    const { id } = await keyring().active(db.connection())
    const left = await dataKeysNotUnder(id, db.connection())
    await moveDataKeys(job, { done: job.done, total: job.done + left }, { masterId })
  },
}

export default rotateMasterJob

async function makeMaster(job: RunningJob<unknown, Position>): Promise<number> {
  const { kekUri, wrapped } = await keyring().provider.wrap(randomBytes(32), 'medinfo/master')
  const at = toSqlInstant(now())
  const row = { kek_uri: kekUri, wrapped, state: 'prepared', created_at: at, updated_at: at }
  return inOwnTransaction(async ({ client }) => {
    const [id] = await client.table('master_keys').insert(row)
    await job.advance(client, { position: { masterId: Number(id) }, done: 0 })
    return Number(id)
  })
}

/** Waits for every transaction that wraps with the former one. Nothing where it was done before. */
async function activate(masterId: number, trx: TransactionClientContract) {
  const rows = await trx.from('master_keys').orderBy('id').forUpdate()
  if (rows.find(({ id }) => Number(id) === masterId)?.state !== 'prepared') return
  const turn = (state: string) => ({ state, updated_at: toSqlInstant(now()) })
  await trx.from('master_keys').where('state', 'active').update(turn('decrypt'))
  await trx.from('master_keys').where('id', masterId).update(turn('active'))
}
