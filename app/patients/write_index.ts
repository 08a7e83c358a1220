import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { blindIndexer, type BlindToken } from '#app/keys/blind_index'
import type Patient from '#app/patients/patient'
import { nameRows } from '#app/patients/patient_columns'
import { NationalIdTaken } from '#app/patients/patient_problems'
import { patientIndexes, tokensOf } from '#app/patients/patient_tokens'
import { insertRows, isDuplicate } from '#app/core/insert_rows'

/** What a patient is found by: the words of the name with their sounds, and blind tokens. Called inside the gate. */
export async function writeIndex(patient: Patient, country: string, trx: TransactionClientContract) {
  const tokens = tokensOf(patient, country, await blindIndexer(trx))
  const owned = (token: BlindToken) => ({ ...token, row_uuid: patient.uuid })
  await insertRows(
    trx,
    'patient_names',
    nameRows(patient).map((row) => ({ ...row, patient_id: patient.id }))
  )
  await insertRows(trx, 'blind_indexes', tokens.shared.map(owned))
  try {
    await insertRows(trx, 'unique_blind_indexes', tokens.unique.map(owned))
  } catch (error) {
    if (!isDuplicate(error)) throw error
    throw new NationalIdTaken(null)
  }
}

export async function rewriteIndex(patient: Patient, country: string, trx: TransactionClientContract) {
  await trx.from('patient_names').where('patient_id', patient.id).delete()
  const fields = patientIndexes().map(({ id }) => id)
  for (const table of ['blind_indexes', 'unique_blind_indexes'])
    await trx.from(table).where('row_uuid', patient.uuid).whereIn('field_id', fields).delete()
  await writeIndex(patient, country, trx)
}
