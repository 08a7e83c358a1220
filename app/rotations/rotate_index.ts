import vine from '@vinejs/vine'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { useCase } from '#app/core/use_case'
import Job from '#app/jobs/job'
import { startJob } from '#app/jobs/start_job'
import { forgottenAfter, INDEX_PURPOSE } from '#app/keys/index_versions'
import KeyPolicy from '#app/keys/key_policy'
import type { StartedRotation } from '#app/keys/start_rotation'
import { countTokens } from '#app/rotations/drop_tokens'
import { countIndexed } from '#app/rotations/fill_index'

const KIND = 'keys.rotate_index'

/**
 * A new key for the blind index, and every token under it. Asked for again before that has ended, it is the same rotation
 * that goes on. To be run by `runJob`; `minutes` is what it takes at least.
 */
export const rotateIndex = useCase({
  name: KIND,
  status: 202,
  stepUp: true,
  input: vine.create({}),
  find: () => null,
  policy: [KeyPolicy, 'rotate'],
  async run({ caller, trx, note }): Promise<StartedRotation> {
    const job = (await failedHalfway(trx)) ?? (await startJob(trx, { kind: KIND, payload: {}, caller, onlyOne: true }))
    const minutes = Math.ceil((2 * forgottenAfter()) / 60_000)
    const counts = { patients: await countIndexed(trx), tokens: await countTokens(trx), minutes }
    note({ job: job.uuid, ...counts })
    return { job, counts }
  },
})

async function failedHalfway(trx: TransactionClientContract): Promise<Job | null> {
  const isHalfway = trx.from('root_keys').where('purpose', INDEX_PURPOSE).whereIn('state', ['writing', 'retired'])
  if (!(await isHalfway.first())) return null
  return Job.query({ client: trx }).where({ kind: KIND, state: 'failed' }).orderBy('id', 'desc').first()
}
