import db from '@adonisjs/lucid/services/db'
import type { Caller } from '#app/core/caller'
import { now, toSqlInstant } from '#app/core/clock'
import { useCase } from '#app/core/use_case'
import { erasePatient } from '#app/erasure/erase_patient'
import ErasurePolicy from '#app/erasure/erasure_policy'
import { ErasureApproved, OwnErasureRequest } from '#app/erasure/erasure_problems'
import { APPROVALS } from '#app/erasure/erasure_request'
import { oneErasureValidator } from '#app/erasure/erasure_validator'
import { findErasure, refuseOver, refuseWithoutFactor, stillEntitled } from '#app/erasure/find_erasure'
import { forgetDataKeys } from '#app/keys/data_keys'

const approve = useCase({
  name: 'patients.approve_erasure',
  stepUp: true,
  input: oneErasureValidator,
  find: findErasure,
  policy: [ErasurePolicy, 'decide'],
  async run({ subject, caller, trx, note }) {
    const { request, patient, approvedBy, auditIdentity } = subject
    const { user } = caller
    await refuseWithoutFactor(user, trx)
    refuseOver(request)
    if (Number(request.requestedBy) === user.id) throw new OwnErasureRequest()
    if (approvedBy.includes(user.id!)) throw new ErasureApproved()
    const approval = { request_id: request.id, user_id: user.id, created_at: toSqlInstant(now()) }
    await trx.table('shred_approvals').insert(approval)
    const others = await stillEntitled(approvedBy, trx)
    const approvals = others.length + 1
    note({ request: request.uuid, approvals })
    const erased = approvals >= APPROVALS ? await erasePatient(caller, { id: request.uuid }) : null
    if (erased) await request.refresh()
    return { request, patient, approvals, erased, auditIdentity }
  },
})

/**
 * Agrees to a request of somebody else. The second who does so erases at once, in the same transaction; this process
 * forgets the keys with it, others within ten minutes.
 * Errors: ErasureOver, OwnErasureRequest, ErasureApproved.
 */
export const approveErasure = Object.assign(async (caller: Caller, raw: unknown) => {
  const approval = await approve(caller, raw)
  if (approval.erased && !caller.trx) {
    forgetDataKeys(approval.erased.keys)
    await emptyLog()
  }
  return approval
}, approve)

/** What was overwritten still stands in SQLite's log of pages; where somebody reads just now, the next one empties it. */
async function emptyLog() {
  const client = db.connection()
  if (client.dialect.name !== 'mysql') await client.rawQuery('pragma wal_checkpoint(truncate)')
}
