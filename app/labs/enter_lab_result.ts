import { askForLateReview } from '#app/alerts/late_work'
import { attributesOf } from '#app/charts/attributes_of'
import { RecordExists } from '#app/charts/chart_problems'
import { findOwner, refuseRetired } from '#app/charts/find_in_chart'
import { newUuid } from '#app/core/ids'
import { isDuplicate } from '#app/core/insert_rows'
import { useCase } from '#app/core/use_case'
import LabResult from '#app/labs/lab_result'
import LabResultPolicy from '#app/labs/lab_result_policy'
import { enterLabResultValidator } from '#app/labs/lab_result_validator'
import { refuseResult } from '#app/labs/result_rules'
import { consultationInChart } from '#app/records/consultation_in_chart'

/** Writes a result into the chart of any patient; the caller has performed the test. It waits for its validation. */
export const enterLabResult = useCase({
  name: 'labs.enter',
  status: 201,
  input: enterLabResultValidator,
  find: ({ patient_id }, { caller, trx }) => findOwner(patient_id, { caller, client: trx }, { isLocked: true }),
  policy: [LabResultPolicy, 'enter'],
  async run(scope, { id, ...input }) {
    const { subject, caller, trx, save } = scope
    const { owner } = subject
    refuseRetired(owner)
    const consultation = await consultationInChart(input.consultation_id, owner, trx)
    const result = new LabResult().fill({
      ...attributesOf(LabResult, { ...input, consultation_id: consultation?.id ?? null }),
      uuid: id ?? newUuid(),
      patientId: owner.id,
      performedBy: caller.user.id,
      status: input.status ?? 'preliminary',
    })
    refuseResult(input, result, owner)
    const uuids = { performer_uuid: caller.user.uuid, consultation_uuid: consultation?.uuid }
    Object.assign(result.$extras, { patient_uuid: owner.uuid, ...uuids })
    try {
      await save(result)
    } catch (error) {
      throw isDuplicate(error, 'uuid') ? new RecordExists() : error
    }
    await askForLateReview(scope, owner, result)
    return result
  },
})
