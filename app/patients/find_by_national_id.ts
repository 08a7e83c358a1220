import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Caller } from '#app/core/caller'
import { selectRows } from '#app/core/insert_rows'
import { blindIndexer } from '#app/keys/blind_index'
import { defaultCountry } from '#app/patients/default_country'
import Patient from '#app/patients/patient'
import { checkNationalId, comparablePhone, type PatientColumns } from '#app/patients/patient_columns'
import { NationalIdTaken } from '#app/patients/patient_problems'

/** The uuid of the record that has this national id, retired and merged ones included. */
export async function findByNationalId(
  value: string,
  country: string,
  client: QueryClientContract
): Promise<string | null> {
  const tokenOf = await blindIndexer(client)
  const { field_id, key_version, token } = tokenOf('patients.national_id', country, checkNationalId(value, country))
  const rows = await selectRows<{ row_uuid: string }>(
    client,
    'select row_uuid from unique_blind_indexes where field_id = ? and key_version = ? and token = ?',
    [field_id, key_version, token]
  )
  return rows[0]?.row_uuid ?? null
}

/** The uuids of all records with this phone number. */
export async function findByPhone(value: string, client: QueryClientContract): Promise<string[]> {
  const tokenOf = await blindIndexer(client)
  const number = comparablePhone(value, await defaultCountry(client))
  const { field_id, key_version, token } = tokenOf('patients.phone', '', number)
  const rows = await selectRows<{ row_uuid: string }>(
    client,
    'select row_uuid from blind_indexes where field_id = ? and key_version = ? and token = ? limit 100',
    [field_id, key_version, token]
  )
  return rows.map((row) => row.row_uuid)
}

/** Errors: NationalIdTaken, which names the other record to a caller who may open it. */
export async function refuseTakenNationalId(
  { nationalId, nationalIdCountry }: PatientColumns,
  caller: Caller,
  client: QueryClientContract,
  except?: string
) {
  if (!nationalId || !nationalIdCountry) return
  const uuid = await findByNationalId(nationalId, nationalIdCountry, client)
  if (!uuid || uuid === except) return
  const visible = await Patient.visibleTo(caller.user, client).where('uuid', uuid).first()
  throw new NationalIdTaken(visible ? uuid : null)
}
