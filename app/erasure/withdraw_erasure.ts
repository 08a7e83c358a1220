import { now } from '#app/core/clock'
import { useCase } from '#app/core/use_case'
import ErasurePolicy from '#app/erasure/erasure_policy'
import { oneErasureValidator } from '#app/erasure/erasure_validator'
import { findErasure, refuseOver, refuseWithoutFactor } from '#app/erasure/find_erasure'

/** Ends a request before it is done, whoever made it: one who objects is enough. Errors: ErasureOver. */
export const withdrawErasure = useCase({
  name: 'patients.withdraw_erasure',
  stepUp: true,
  input: oneErasureValidator,
  find: findErasure,
  policy: [ErasurePolicy, 'decide'],
  async run({ subject, caller, trx, note }) {
    const { request, patient, approvedBy, auditIdentity } = subject
    await refuseWithoutFactor(caller.user, trx)
    refuseOver(request)
    const at = now()
    await request.merge({ state: 'withdrawn', isOpen: null, endedAt: at, updatedAt: at }).save()
    note({ request: request.uuid })
    return { request, patient, approvals: approvedBy.length, auditIdentity }
  },
})
