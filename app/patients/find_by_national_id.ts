import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Caller } from '#app/core/caller'
import { selectRows } from '#app/core/insert_rows'
import { searchIndex } from '#app/keys/blind_index'
import { blindIndexOf } from '#app/keys/blind_indexed'
import { defaultCountry } from '#app/patients/default_country'
import Patient from '#app/patients/patient'
import { checkNationalId } from '#app/patients/comparable'
import type { PatientColumns } from '#app/patients/patient_columns'
import { NationalIdTaken } from '#app/patients/patient_problems'

/** The uuid of the record that has this national id, retired and merged ones included. */
export async function findByNationalId(
  value: string,
  country: string,
  client: QueryClientContract
): Promise<string | null> {
  checkNationalId(value, country)
  const [uuid] = await holdersOf('nationalId', value, country, client)
  return uuid ?? null
}

/** The uuids of all records with this phone number. */
export async function findByPhone(value: string, client: QueryClientContract): Promise<string[]> {
  return holdersOf('phone', value, await defaultCountry(client), client)
}

/** A row has one token, or while the index is rotated one of each version or of either: it is one row all the same. */
function holdersOf(
  attribute: 'nationalId' | 'phone',
  value: string,
  country: string,
  client: QueryClientContract
): Promise<string[]> {
  const index = blindIndexOf(Patient, attribute)
  const of = index.compared(value, { nationalIdCountry: country }, country)
  return searchIndex(client, async (tokensOf) => {
    const tokens = tokensOf(index, of.country, of.normalised)
    const rows = await selectRows<{ row_uuid: string }>(
      client,
      `select distinct row_uuid from ${index.keptIn}
       where field_id = ? and (${tokens.map(() => 'key_version = ? and token = ?').join(' or ')}) limit 100`,
      [index.id, ...tokens.flatMap(({ key_version, token }) => [key_version, token])]
    )
    return rows.map((row) => row.row_uuid)
  })
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
