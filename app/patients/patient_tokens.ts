import { blindIndexesOf } from '#app/keys/blind_indexed'
import type { BlindToken, TokensOf } from '#app/keys/blind_index'
import Patient from '#app/patients/patient'
import type { PatientColumns } from '#app/patients/patient_columns'

type Identity = Pick<PatientColumns, 'nationalId' | 'nationalIdCountry' | 'phone'>

/** Those of a patient's columns. */
export const patientIndexes = () => blindIndexesOf<Identity>(Patient)

/** Blind-index tokens: `unique` may stand for one patient only, `shared` for several. */
export function tokensOf(
  columns: Identity,
  defaultCountry: string,
  tokensUnder: TokensOf
): { unique: BlindToken[]; shared: BlindToken[] } {
  const tokens = { unique: [] as BlindToken[], shared: [] as BlindToken[] }
  for (const index of patientIndexes()) {
    const value = columns[index.attribute]
    if (!value) continue
    const { country, normalised } = index.compared(value, columns, defaultCountry)
    tokens[index.isUnique ? 'unique' : 'shared'].push(...tokensUnder(index, country, normalised))
  }
  return tokens
}
