import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import Consultation from '#app/consultations/consultation'
import type Patient from '#app/patients/patient'
import { ConsultationOfOtherPatient } from '#app/records/medical_record_problems'

/** The consultation during which something was written down, if one is named. Errors: ConsultationOfOtherPatient. */
export async function consultationInChart(
  uuid: string | null | undefined,
  owner: Patient,
  client: QueryClientContract
): Promise<Pick<Consultation, 'id' | 'uuid'> | null> {
  if (!uuid) return null
  const query = Consultation.query({ client }).select('id', 'uuid').where({ uuid, patient_id: owner.id })
  const found = await query.first()
  if (!found) throw new ConsultationOfOtherPatient()
  return found
}
