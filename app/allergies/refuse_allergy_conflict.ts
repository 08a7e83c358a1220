import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { isWarnedBy, type Substance } from '#app/allergies/allergy_match'
import { AllergyConflict } from '#app/allergies/allergy_problems'
import type Prescription from '#app/prescriptions/prescription'
import MedicalRecord from '#app/records/medical_record'

type Prescribed = Pick<Prescription, 'patientId' | 'medicine' | 'code' | 'codeSystem'>

/**
 * Looks whether the patient is allergic to what is to be prescribed. What is resolved or was entered in error does not
 * count. An allergy is text that only its patient's key opens, so that the few rows of this patient are compared here.
 * @returns for the audit, the records against which the medicine is prescribed for the reason given
 * Errors: AllergyConflict, where there is no reason.
 */
export async function refuseAllergyConflict(
  prescription: Prescribed,
  reason: string | null | undefined,
  trx: TransactionClientContract
): Promise<{ overridden?: string[] }> {
  const allergies = await MedicalRecord.query({ client: trx })
    .select('id', 'uuid', 'description', 'code', 'code_system')
    .where({ patient_id: prescription.patientId, type: 'allergy', status: 'active' })
    .orderBy('id')
  const medicine = substanceOf(prescription.medicine, prescription)
  const met = allergies.filter((allergy) => isWarnedBy(medicine, substanceOf(allergy.description, allergy)))
  if (!met.length) return {}
  const uuids = met.map(({ uuid }) => uuid)
  if (!reason) throw new AllergyConflict(uuids)
  return { overridden: uuids }
}

function substanceOf(text: string | null, { code, codeSystem }: Omit<Substance, 'text'>): Substance {
  return { text: text ?? '', code, codeSystem }
}
