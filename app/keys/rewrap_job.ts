import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { now, toSqlInstant } from '#app/core/clock'
import { inOwnTransaction } from '#app/core/transaction'
import type { JobKind, RunningJob } from '#app/jobs/job_kind'
import { keksInUse, kekRowsNotUnder } from '#app/keys/kek_rows'
import { keyring } from '#app/keys/keyring_service'
import { dataKeysNotUnder, moveDataKeys } from '#app/keys/move_data_keys'
import { rewrapLeftOvers } from '#app/keys/rewrap_under_kek'

interface Payload {
  destroyFormer?: boolean
}

/**
 * Whatever is not wrapped as it would be today is wrapped anew: after a change of provider, or where a rotation left
 * something. What it has to do it finds in the tables, so that it keeps no position.
 */
const rewrapJob: JobKind<Payload, null> = {
  kind: 'keys.rewrap',
  async run(job) {
    const { provider } = keyring()
    const uri = await provider.activeUri()
    const others = await kekRowsNotUnder(uri, db.connection())
    const { id } = await keyring().active(db.connection())
    const left = await dataKeysNotUnder(id, db.connection())
    const tally = { done: job.done, total: job.done + others.length + left }
    if (!(await rewrapLeftOvers(job, uri, tally, () => null))) return
    if (!(await moveDataKeys(job, tally, null))) return
    if (job.payload.destroyFormer) await destroyFormer(job, tally)
    await provider.retireAllBut(await keksInUse(db.connection()))
  },
}

export default rewrapJob

/** Overwrites the master keys under which no data key is left. Backups have their own copy of them. */
async function destroyFormer(job: RunningJob<Payload, null>, { done, total }: { done: number; total: number }) {
  await inOwnTransaction(async ({ client }) => {
    await job.advance(client, { position: null, done, total })
    const former = await client.from('master_keys').where('state', 'decrypt').orderBy('id').forUpdate()
    for (const { id } of former) if (!(await isUsed(id, client))) await destroy(id, client)
  })
}

async function isUsed(masterId: number, trx: TransactionClientContract): Promise<boolean> {
  const key = await trx
    .from('data_keys')
    .where('master_key_id', masterId)
    .whereNot('state', 'shredded')
    .forShare()
    .first()
  return Boolean(key)
}

async function destroy(id: number, trx: TransactionClientContract) {
  const gone = { state: 'destroyed', wrapped: Buffer.alloc(1), updated_at: toSqlInstant(now()) }
  await trx.from('master_keys').where('id', id).update(gone)
}
