import db from '@adonisjs/lucid/services/db'
import type { Infer } from '@vinejs/vine/types'
import type { Caller } from '#app/core/caller'
import { now, toSqlInstant } from '#app/core/clock'
import { CODE_TRIES, hashOfCode, isSameHash } from '#app/links/chart_code'
import type { linkChartValidator } from '#app/links/link_validator'
import { defaultCountry } from '#app/patients/default_country'
import { findByNationalId } from '#app/patients/find_by_national_id'
import Patient from '#app/patients/patient'

/** The code that was meant, and whose. */
export interface MatchedCode {
  codeId: number
  patientId: number
}

/**
 * Whose code this is, if national id, date of birth and code are of one patient; else null. The try is counted before it
 * is looked at, so that many at the same moment are no more than five. The same statements run whatever is wrong: neither
 * the answer nor its time tells whether somebody with this national id is known here.
 */
export async function tryChartCode(
  { national_id, national_id_country, dob, code }: Infer<typeof linkChartValidator>,
  { user }: Caller,
  meet: (patient: Patient) => void
): Promise<MatchedCode | null> {
  const client = db.connection()
  const country = national_id_country ?? (await defaultCountry(client))
  const uuid = (await findByNationalId(national_id, country, client)) ?? ''
  const patient = await Patient.query({ client }).select('id', 'uuid', 'dob').where('uuid', uuid).first()
  if (patient) meet(patient)
  const at = toSqlInstant(now())
  const live = () =>
    client
      .from('chart_codes')
      .where('patient_id', patient?.id ?? 0)
      .whereNull('used_at')
      .where('expires_at', '>', at)
  const counted = await live().where('attempts', '<', CODE_TRIES).increment('attempts', 1)
  const kept = await live().select('id', 'hash', 'issued_by').first()
  const isCode = isSameHash(await hashOfCode(patient?.uuid ?? '', code, client), kept?.hash ?? '')
  // The desk knows all three of everybody: whoever gave the code is not who brings it.
  const isFromAnother = kept?.issued_by === null || Number(kept?.issued_by) !== user.id
  const isRight = Number(counted) === 1 && isCode && patient?.dob === dob && isFromAnother
  return isRight ? { codeId: Number(kept.id), patientId: patient.id } : null
}
