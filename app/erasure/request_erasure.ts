import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { now } from '#app/core/clock'
import { isUuid, newUuid } from '#app/core/ids'
import { isDuplicate } from '#app/core/insert_rows'
import { NotFound } from '#app/core/problem'
import { useCase } from '#app/core/use_case'
import ErasurePolicy from '#app/erasure/erasure_policy'
import { ErasureRequested, RecordIsMerged } from '#app/erasure/erasure_problems'
import ErasureRequest, { OPEN_FOR_MS } from '#app/erasure/erasure_request'
import { requestErasureValidator } from '#app/erasure/erasure_validator'
import { NAMED, refuseWithoutFactor } from '#app/erasure/find_erasure'
import Patient from '#app/patients/patient'

/**
 * Asks for everything that is known of a patient to be destroyed. Nothing happens before two others have agreed.
 * Errors: Gone `patient_erased`, RecordIsMerged, ErasureRequested.
 */
export const requestErasure = useCase({
  name: 'patients.request_erasure',
  status: 201,
  stepUp: true,
  input: requestErasureValidator,
  async find({ patient: named }, { trx }) {
    const key = isUuid(named) ? { uuid: named.toLowerCase() } : { mrn: named.toUpperCase() }
    const query = Patient.query({ client: trx }).select(...NAMED)
    const patient = await query.where(key).forUpdate().first()
    // Numbers can be guessed: whether one is a patient's is not told before the policy has spoken.
    return { patient, ...(patient ? { auditIdentity: () => patient.auditIdentity() } : {}) }
  },
  policy: [ErasurePolicy, 'decide'],
  async run({ subject: { patient }, caller, trx, note }, { ground, reference }) {
    await refuseWithoutFactor(caller.user, trx)
    if (!patient) throw new NotFound('not_found')
    if (patient.mergedIntoId !== null) throw new RecordIsMerged(await survivorOf(patient.mergedIntoId, trx))
    await endOverdue(patient.id, trx)
    const at = now()
    const request = new ErasureRequest().useTransaction(trx).fill({
      ...{ uuid: newUuid(), patientId: patient.id, requestedBy: caller.user.id!, ground, reference: reference ?? null },
      ...{ state: 'waiting', isOpen: 1, expiresAt: new Date(at.getTime() + OPEN_FOR_MS), createdAt: at, updatedAt: at },
    })
    try {
      await request.save()
    } catch (error) {
      throw isDuplicate(error) ? new ErasureRequested() : error
    }
    note({ request: request.uuid, ground })
    return { request, patient, approvals: 0, auditIdentity: () => patient.auditIdentity() }
  },
})

/** The record that goes on, however many were merged one into the other. */
async function survivorOf(id: number, trx: TransactionClientContract): Promise<string> {
  const row = await trx.from('patients').select('uuid', 'merged_into_id').where('id', id).firstOrFail()
  return row.merged_into_id === null ? row.uuid : survivorOf(Number(row.merged_into_id), trx)
}

/** One that nobody approved in time makes room for another. Errors: ErasureRequested. */
async function endOverdue(patientId: number, trx: TransactionClientContract) {
  const open = await ErasureRequest.query({ client: trx })
    .where({ patient_id: patientId, is_open: 1 })
    .forUpdate()
    .first()
  if (!open) return
  const at = now()
  if (!open.isOverAt(at)) throw new ErasureRequested(open.uuid)
  await open.merge({ state: 'expired', isOpen: null, endedAt: open.expiresAt, updatedAt: at }).save()
}
