import { askForLateReview } from '#app/alerts/late_work'
import { refuseAllergyConflict } from '#app/allergies/refuse_allergy_conflict'
import { attributesOf } from '#app/charts/attributes_of'
import { RecordExists } from '#app/charts/chart_problems'
import { refuseBeforeBirth } from '#app/charts/correction_window'
import { findInChart, refuseRetired } from '#app/charts/find_in_chart'
import Consultation from '#app/consultations/consultation'
import { ConsultationIsCancelled } from '#app/consultations/consultation_problems'
import { now } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { isDuplicate } from '#app/core/insert_rows'
import { useCase } from '#app/core/use_case'
import Prescription from '#app/prescriptions/prescription'
import PrescriptionPolicy from '#app/prescriptions/prescription_policy'
import { prescribeValidator } from '#app/prescriptions/prescription_validator'

/**
 * Prescribes a medicine in a consultation; the caller is the author. The consultation is locked, so that nobody cancels
 * it meanwhile. Errors: AllergyConflict, unless there is a reason to prescribe all the same.
 */
export const prescribe = useCase({
  name: 'prescriptions.prescribe',
  status: 201,
  input: prescribeValidator,
  find({ consultation: uuid }, { caller, trx }) {
    const query = Consultation.named(Consultation.query({ client: trx })).where('consultations.uuid', uuid)
    return findInChart(query, { caller, client: trx }, { isLocked: true })
  },
  policy: [PrescriptionPolicy, 'prescribe'],
  async run(scope, { id, consultation: _, ...input }) {
    const { subject: consultation, caller, trx, save, note } = scope
    const { owner } = consultation
    if (consultation.isCancelled) throw new ConsultationIsCancelled()
    refuseRetired(owner)
    refuseBeforeBirth(input.prescribed_at, owner.dob, '/prescribed_at')
    const prescription = new Prescription().fill({
      prescribedAt: now(),
      ...attributesOf(Prescription, input),
      uuid: id ?? newUuid(),
      patientId: owner.id,
      consultationId: consultation.id,
      prescribedBy: caller.user.id,
      status: 'active',
    })
    const names = { patient_uuid: owner.uuid, consultation_uuid: consultation.uuid, prescriber_uuid: caller.user.uuid }
    Object.assign(prescription.$extras, names)
    note(await refuseAllergyConflict(prescription, input.override_reason, trx))
    try {
      await save(prescription)
    } catch (error) {
      throw isDuplicate(error, 'uuid') ? new RecordExists() : error
    }
    await askForLateReview(scope, owner, prescription)
    return prescription
  },
})
