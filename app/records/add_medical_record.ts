import { askForLateReview } from '#app/alerts/late_work'
import { attributesOf } from '#app/charts/attributes_of'
import { RecordExists } from '#app/charts/chart_problems'
import { findOwner, refuseRetired } from '#app/charts/find_in_chart'
import { now } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { isDuplicate } from '#app/core/insert_rows'
import { useCase } from '#app/core/use_case'
import { consultationInChart } from '#app/records/consultation_in_chart'
import MedicalRecord from '#app/records/medical_record'
import MedicalRecordPolicy from '#app/records/medical_record_policy'
import { addMedicalRecordValidator } from '#app/records/medical_record_validator'
import { refuseContent } from '#app/records/record_content'
import { refuseDates } from '#app/records/record_dates'

/** Writes an allergy, a condition, a vaccination, … into the chart; the caller is its author. */
export const addMedicalRecord = useCase({
  name: 'records.add',
  status: 201,
  input: addMedicalRecordValidator,
  async find({ patient_id, type }, { caller, trx }) {
    return { ...(await findOwner(patient_id, { caller, client: trx }, { isLocked: true })), type }
  },
  policy: [MedicalRecordPolicy, 'write'],
  async run(scope, { id, ...input }) {
    const { subject, caller, trx, save } = scope
    const { owner } = subject
    refuseRetired(owner)
    refuseContent(input.type, input.content)
    const consultation = await consultationInChart(input.consultation_id, owner, trx)
    const record = new MedicalRecord().fill({
      ...attributesOf(MedicalRecord, { ...input, consultation_id: consultation?.id ?? null }),
      uuid: id ?? newUuid(),
      patientId: owner.id,
      doctorId: caller.user.id,
      status: 'active',
    })
    refuseDates(input, record, owner)
    record.timelineAt = record.occurredAt ?? now()
    const uuids = { doctor_uuid: caller.user.uuid, consultation_uuid: consultation?.uuid }
    Object.assign(record.$extras, { patient_uuid: owner.uuid, ...uuids })
    try {
      await save(record)
    } catch (error) {
      throw isDuplicate(error, 'uuid') ? new RecordExists() : error
    }
    await askForLateReview(scope, owner, record)
    return record
  },
})
