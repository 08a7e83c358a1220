import { now, toSqlInstant } from '#app/core/clock'
import { insertRows } from '#app/core/insert_rows'
import { useCase } from '#app/core/use_case'
import { eraseCharts, withMerged } from '#app/erasure/erase_charts'
import ErasurePolicy from '#app/erasure/erasure_policy'
import { ErasureNotApproved } from '#app/erasure/erasure_problems'
import { APPROVALS } from '#app/erasure/erasure_request'
import { oneErasureValidator } from '#app/erasure/erasure_validator'
import { findErasure, refuseOver, stillEntitled } from '#app/erasure/find_erasure'

/** Does what was approved, in the transaction of the last approval. Errors: ErasureOver, ErasureNotApproved. */
export const erasePatient = useCase({
  name: 'patients.erase',
  stepUp: true,
  input: oneErasureValidator,
  find: findErasure,
  policy: [ErasurePolicy, 'decide'],
  async run({ subject: { request, patient, approvedBy, auditIdentity }, trx, note }) {
    refuseOver(request)
    const entitled = await stillEntitled(approvedBy, trx)
    const others = entitled.filter((id) => id !== Number(request.requestedBy))
    if (others.length < APPROVALS) throw new ErasureNotApproved()
    const at = now()
    const erased = await eraseCharts(await withMerged(patient.id, trx), trx)
    const rows = erased.map(({ patientUuid, keys }) => ({
      ...{ patient_uuid: patientUuid, request_uuid: request.uuid, keys: keys.length, created_at: toSqlInstant(at) },
    }))
    await insertRows(trx, 'shred_ledger', rows)
    await request.merge({ state: 'done', isOpen: null, endedAt: at, updatedAt: at }).save()
    const keys = erased.flatMap((record) => record.keys)
    note({ request: request.uuid, records: erased.map(({ patientUuid }) => patientUuid), keys: keys.length })
    return { keys, records: erased.length, auditIdentity }
  },
})
