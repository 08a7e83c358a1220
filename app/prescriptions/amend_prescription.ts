import { refuseAllergyConflict } from '#app/allergies/refuse_allergy_conflict'
import { attributesOf } from '#app/charts/attributes_of'
import { refuseBeforeBirth, refuseLateCorrection } from '#app/charts/correction_window'
import { findInChart } from '#app/charts/find_in_chart'
import Consultation from '#app/consultations/consultation'
import { ConsultationIsCancelled } from '#app/consultations/consultation_problems'
import { now } from '#app/core/clock'
import { StaleVersion } from '#app/core/problem'
import { useCase, type Scope } from '#app/core/use_case'
import Prescription from '#app/prescriptions/prescription'
import PrescriptionPolicy from '#app/prescriptions/prescription_policy'
import { PrescriptionIsStopped } from '#app/prescriptions/prescription_problems'
import { amendPrescriptionValidator, stopPrescriptionValidator } from '#app/prescriptions/prescription_validator'

/** What an allergy is compared with; a reason that is taken back needs another look too. */
const COMPARED = ['medicine', 'code', 'codeSystem', 'overrideReason']

/** The consultation is locked first, as in prescribing, so that nobody cancels it meanwhile. */
async function findLocked({ consultation: uuid, id }: { consultation: string; id: string }, { caller, trx }: Scope) {
  const consultation = await Consultation.query({ client: trx })
    .select('id', 'uuid', 'status')
    .where('uuid', uuid)
    .forUpdate()
    .firstOrFail()
  const query = Prescription.named(Prescription.query({ client: trx }))
    .where('prescriptions.uuid', id)
    .where('prescriptions.consultation_id', consultation.id)
  const prescription = await findInChart(query, { caller, client: trx }, { isLocked: true })
  return Object.assign(prescription, { isOfCancelled: consultation.isCancelled })
}

/**
 * Corrects what was prescribed. Fields that are left out stay; null empties. The former version is kept.
 * Errors: AllergyConflict where the medicine becomes one that the patient is allergic to.
 */
export const amendPrescription = useCase({
  name: 'prescriptions.amend',
  input: amendPrescriptionValidator,
  find: findLocked,
  policy: [PrescriptionPolicy, 'prescribe'],
  async run({ subject: prescription, caller, trx, save, note }, { id: _, consultation: __, version, ...changes }) {
    if (prescription.version !== version) throw new StaleVersion(prescription.version, version)
    if (prescription.isOfCancelled) throw new ConsultationIsCancelled()
    if (prescription.isStopped) throw new PrescriptionIsStopped()
    refuseLateCorrection(caller.user, prescription.prescribedBy, prescription.createdAt)
    refuseBeforeBirth(changes.prescribed_at, prescription.owner.dob, '/prescribed_at')
    prescription.merge(attributesOf(Prescription, changes))
    if (COMPARED.some((attribute) => attribute in prescription.$dirty))
      note(await refuseAllergyConflict(prescription, changes.override_reason, trx))
    await save(prescription)
    return prescription
  },
})

/**
 * Stops a medicine. Whoever may prescribe for the patient may, at any time and in a cancelled consultation too: a
 * medicine that does harm must not wait for the colleague who wrote it down.
 */
export const stopPrescription = useCase({
  name: 'prescriptions.stop',
  input: stopPrescriptionValidator,
  find: findLocked,
  policy: [PrescriptionPolicy, 'prescribe'],
  async run({ subject: prescription, caller, save }, { version }) {
    if (prescription.version !== version) throw new StaleVersion(prescription.version, version)
    if (prescription.isOver) throw new PrescriptionIsStopped()
    await save(prescription.merge({ status: 'stopped', stoppedAt: now(), stoppedBy: caller.user.id }))
    return prescription
  },
})
