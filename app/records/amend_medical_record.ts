import { attributesOf } from '#app/charts/attributes_of'
import { refuseLateCorrection } from '#app/charts/correction_window'
import { findInChart } from '#app/charts/find_in_chart'
import { StaleVersion } from '#app/core/problem'
import { useCase } from '#app/core/use_case'
import MedicalRecord from '#app/records/medical_record'
import MedicalRecordPolicy from '#app/records/medical_record_policy'
import { amendMedicalRecordValidator } from '#app/records/medical_record_validator'
import { refuseContent } from '#app/records/record_content'
import { refuseDates } from '#app/records/record_dates'

/**
 * Amends what was written; `entered_in_error` leaves it in the chart and says that it does not count. Fields that are
 * left out stay; null empties; content is replaced as a whole. The former version is kept.
 */
export const amendMedicalRecord = useCase({
  name: 'records.amend',
  input: amendMedicalRecordValidator,
  find({ id }, { caller, trx }) {
    const query = MedicalRecord.named(MedicalRecord.query({ client: trx })).where('medical_records.uuid', id)
    return findInChart(query, { caller, client: trx }, { isLocked: true })
  },
  policy: [MedicalRecordPolicy, 'write'],
  async run({ subject: record, caller, save }, { id: _, version, ...changes }) {
    if (record.version !== version) throw new StaleVersion(record.version, version)
    refuseLateCorrection(caller.user, record.doctorId, record.createdAt)
    if (changes.content !== undefined) refuseContent(record.type, changes.content)
    record.merge(attributesOf(MedicalRecord, changes))
    refuseDates(changes, record, record.owner)
    if (changes.occurred_at !== undefined) record.timelineAt = record.occurredAt ?? record.createdAt
    await save(record)
    return record
  },
})
