import { attributesOf } from '#app/charts/attributes_of'
import { refuseLateCorrection } from '#app/charts/correction_window'
import { findInChart } from '#app/charts/find_in_chart'
import { now } from '#app/core/clock'
import { StaleVersion } from '#app/core/problem'
import { useCase, type Scope } from '#app/core/use_case'
import LabResult from '#app/labs/lab_result'
import LabResultPolicy from '#app/labs/lab_result_policy'
import { AlreadyValidated } from '#app/labs/lab_result_problems'
import { amendLabResultValidator, validateLabResultValidator } from '#app/labs/lab_result_validator'
import { withinReach } from '#app/labs/reach'
import { refuseResult } from '#app/labs/result_rules'

function findLocked({ id }: { id: string }, { caller, trx }: Scope) {
  const query = LabResult.named(LabResult.query({ client: trx })).where('lab_results.uuid', id)
  return findInChart(withinReach(query, caller.user), { caller, client: trx }, { isLocked: true })
}

/** Corrects a result; one that is validated is `amended` from then on. The former version is kept. */
export const amendLabResult = useCase({
  name: 'labs.amend',
  input: amendLabResultValidator,
  find: findLocked,
  policy: [LabResultPolicy, 'amend'],
  async run({ subject: result, caller, save }, { id: _, version, ...changes }) {
    if (result.version !== version) throw new StaleVersion(result.version, version)
    if (changes.status && result.isReleased) throw new AlreadyValidated()
    refuseLateCorrection(caller.user, result.performedBy, result.createdAt)
    result.merge(attributesOf(LabResult, changes))
    refuseResult(changes, result, result.owner)
    if (result.isReleased && result.$isDirty) result.status = 'amended'
    await save(result)
    return result
  },
})

/** Says that the laboratory stands by it: the patient sees it from now on. */
export const validateLabResult = useCase({
  name: 'labs.validate',
  input: validateLabResultValidator,
  find: findLocked,
  policy: [LabResultPolicy, 'validate'],
  async run({ subject: result, caller, save }, { version }) {
    if (result.version !== version) throw new StaleVersion(result.version, version)
    if (result.isReleased) throw new AlreadyValidated()
    await save(result.merge({ status: 'final', validatedAt: now(), validatedBy: caller.user.id }))
    result.$extras.validator_uuid = caller.user.uuid
    return result
  },
})
