import { askForLateReview } from '#app/alerts/late_work'
import { attributesOf } from '#app/charts/attributes_of'
import { RecordExists } from '#app/charts/chart_problems'
import { refuseBeforeBirth } from '#app/charts/correction_window'
import { findOwner, refuseRetired } from '#app/charts/find_in_chart'
import Consultation from '#app/consultations/consultation'
import ConsultationPolicy from '#app/consultations/consultation_policy'
import { recordConsultationValidator } from '#app/consultations/consultation_validator'
import { newUuid } from '#app/core/ids'
import { isDuplicate } from '#app/core/insert_rows'
import { useCase } from '#app/core/use_case'

/** Writes a consultation into the chart of a patient whom the caller treats; the caller is its author. */
export const recordConsultation = useCase({
  name: 'consultations.record',
  status: 201,
  input: recordConsultationValidator,
  find: ({ patient_id }, { caller, trx }) => findOwner(patient_id, { caller, client: trx }, { isLocked: true }),
  policy: [ConsultationPolicy, 'write'],
  async run(scope, { id, ...input }) {
    const { subject, caller, save } = scope
    const { owner } = subject
    refuseRetired(owner)
    refuseBeforeBirth(input.date, owner.dob, '/date')
    refuseBeforeBirth(input.follow_up_on, owner.dob, '/follow_up_on')
    const consultation = new Consultation().fill({
      ...attributesOf(Consultation, input),
      uuid: id ?? newUuid(),
      patientId: owner.id,
      doctorId: caller.user.id,
      status: input.status ?? 'finished',
    })
    Object.assign(consultation.$extras, { patient_uuid: owner.uuid, doctor_uuid: caller.user.uuid })
    try {
      await save(consultation)
    } catch (error) {
      throw isDuplicate(error, 'uuid') ? new RecordExists() : error
    }
    await askForLateReview(scope, owner, consultation)
    return consultation
  },
})
