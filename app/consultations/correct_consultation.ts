import { attributesOf } from '#app/charts/attributes_of'
import { refuseBeforeBirth, refuseLateCorrection } from '#app/charts/correction_window'
import { findInChart } from '#app/charts/find_in_chart'
import Consultation from '#app/consultations/consultation'
import ConsultationPolicy from '#app/consultations/consultation_policy'
import { AlreadyCancelled, ConsultationIsCancelled } from '#app/consultations/consultation_problems'
import { cancelConsultationValidator, correctConsultationValidator } from '#app/consultations/consultation_validator'
import { now } from '#app/core/clock'
import { StaleVersion } from '#app/core/problem'
import { useCase, type Scope } from '#app/core/use_case'

function findLocked({ id }: { id: string }, { caller, trx }: Scope) {
  const query = Consultation.named(Consultation.query({ client: trx })).where('consultations.uuid', id)
  return findInChart(query, { caller, client: trx }, { isLocked: true })
}

/** Corrects what was written. Fields that are left out stay; null empties. The former version is kept. */
export const correctConsultation = useCase({
  name: 'consultations.correct',
  input: correctConsultationValidator,
  find: findLocked,
  policy: [ConsultationPolicy, 'write'],
  async run({ subject: consultation, caller, save }, { id: _, version, ...changes }) {
    if (consultation.version !== version) throw new StaleVersion(consultation.version, version)
    if (consultation.isCancelled) throw new ConsultationIsCancelled()
    refuseLateCorrection(caller.user, consultation.doctorId, consultation.createdAt)
    refuseBeforeBirth(changes.date, consultation.owner.dob, '/date')
    refuseBeforeBirth(changes.follow_up_on, consultation.owner.dob, '/follow_up_on')
    await save(consultation.merge(attributesOf(Consultation, changes)))
    return consultation
  },
})

/** Says that it did not take place or does not count. It stays in the chart, with the reason. */
export const cancelConsultation = useCase({
  name: 'consultations.cancel',
  input: cancelConsultationValidator,
  find: findLocked,
  policy: [ConsultationPolicy, 'write'],
  async run({ subject: consultation, caller, save }, { version, reason }) {
    if (consultation.version !== version) throw new StaleVersion(consultation.version, version)
    if (consultation.isCancelled) throw new AlreadyCancelled()
    refuseLateCorrection(caller.user, consultation.doctorId, consultation.createdAt)
    const cancelled = { cancelledAt: now(), cancelledBy: caller.user.id, cancelReason: reason }
    await save(consultation.merge({ status: 'cancelled', ...cancelled }))
    return consultation
  },
})
