import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Actor } from '#app/core/actor'
import { now } from '#app/core/clock'
import { Forbidden } from '#app/core/problem'
import ErasureRequest from '#app/erasure/erasure_request'
import { ErasureOver } from '#app/erasure/erasure_problems'
import { countFactors, factorsOf } from '#app/factors/own_factors'
import Patient from '#app/patients/patient'
import { withGrants } from '#app/users/grants'
import User from '#app/users/user'

/** What tells whose it is: nothing of it is encrypted. */
export const NAMED = ['id', 'uuid', 'mrn', 'merged_into_id', 'erased_at']

/** A request, locked, with its patient and who has agreed. Errors: NotFound. */
export async function findErasure({ id }: { id: string }, { trx }: { trx: TransactionClientContract }) {
  const request = await ErasureRequest.query({ client: trx }).where('uuid', id).forUpdate().firstOrFail()
  const patient = await Patient.query({ client: trx })
    .select(...NAMED)
    .where('id', request.patientId)
    .forUpdate()
    .firstOrFail()
  // Under a lock: a snapshot older than the wait for the request would not show who has agreed meanwhile.
  const approvals = await trx.from('shred_approvals').select('user_id').where('request_id', request.id).forShare()
  const approvedBy = approvals.map(({ user_id }) => Number(user_id))
  return { request, patient, approvedBy, auditIdentity: () => patient.auditIdentity() }
}

/** Of these people, those who might still approve: whoever was disabled, or lost the right, has agreed to nothing. */
export async function stillEntitled(ids: number[], trx: TransactionClientContract): Promise<number[]> {
  const users = await User.query({ client: trx }).whereIn('id', ids).whereNull('disabled_at')
  for (const user of users) await withGrants(user, trx)
  return users.filter((user) => user.can('patients.erase')).map(({ id }) => Number(id))
}

/** Errors: ErasureOver. */
export function refuseOver(request: ErasureRequest) {
  if (request.isOverAt(now())) throw new ErasureOver()
}

/**
 * A session has proven a second factor; a token has not, so that its owner must at least have one: whoever has got hold
 * of a password alone could have made it otherwise. Errors: Forbidden `enrolment_required`.
 */
export async function refuseWithoutFactor(user: Actor, trx: TransactionClientContract) {
  const factors = await factorsOf({ id: user.id! }, trx)
  if (countFactors(factors) === 0) throw new Forbidden('enrolment_required')
}
