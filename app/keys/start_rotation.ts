import vine from '@vinejs/vine'
import { useCase, type RunScope } from '#app/core/use_case'
import type Job from '#app/jobs/job'
import type { JobKind } from '#app/jobs/job_kind'
import { startJob } from '#app/jobs/start_job'
import { kekRows, kekRowsNotUnder } from '#app/keys/kek_rows'
import KeyPolicy from '#app/keys/key_policy'
import { keyring } from '#app/keys/keyring_service'
import { dataKeysNotUnder } from '#app/keys/move_data_keys'

/** A job that was begun, or that waits or runs already, and how much of what it has to do. */
export interface StartedRotation {
  job: Job
  counts: Record<string, number>
}

/** A fresh key-encryption key, and everything that it wraps wrapped anew. To be run by `runJob`. */
export const rotateKek = useCase({
  name: 'keys.rotate_kek',
  status: 202,
  stepUp: true,
  input: vine.create({}),
  find: (_, { trx }) => kekRows(trx),
  policy: [KeyPolicy, 'rotate'],
  run: (scope) => begin('keys.rotate_kek', {}, { keys: scope.subject.length }, scope),
})

/** A new master key, and every data key wrapped anew by it. To be run by `runJob`. */
export const rotateMaster = useCase({
  name: 'keys.rotate_master',
  status: 202,
  stepUp: true,
  input: vine.create({}),
  // No key has the id 0: all of them.
  find: (_, { trx }) => dataKeysNotUnder(0, trx),
  policy: [KeyPolicy, 'rotate'],
  run: (scope) => begin('keys.rotate_master', {}, { keys: scope.subject }, scope),
})

/**
 * Wraps anew what is not wrapped by the key-encryption key and the master key of today. `destroy_former` then destroys the
 * master keys that wrap nothing any more. To be run by `runJob`. Errors: KeyProviderUnavailable.
 */
export const rewrapKeys = useCase({
  name: 'keys.rewrap',
  status: 202,
  stepUp: true,
  input: vine.create({ destroy_former: vine.boolean().optional() }),
  prepare: () => keyring().provider.activeUri(),
  async find(_, { trx, prepared: uri }) {
    const roots = await kekRowsNotUnder(uri, trx)
    const master = await trx.from('master_keys').where('state', 'active').orderBy('id', 'desc').firstOrFail()
    return {
      roots: roots.length,
      keys: await dataKeysNotUnder(Number(master.id), trx),
    }
  },
  policy: [KeyPolicy, 'rotate'],
  run: (scope, { destroy_former: destroyFormer }) =>
    begin('keys.rewrap', { destroyFormer: destroyFormer ?? false }, { ...scope.subject }, scope),
})

async function begin(
  kind: JobKind['kind'],
  payload: object,
  counts: Record<string, number>,
  { caller, trx, note }: RunScope<unknown>
): Promise<StartedRotation> {
  const job = await startJob(trx, { kind, payload, caller, onlyOne: true })
  note({ job: job.uuid, ...counts })
  return { job, counts }
}
