import { blindIndexesOf } from '#app/keys/blind_indexed'
import type { BlindToken, TokensOf } from '#app/keys/blind_index'
import Patient from '#app/patients/patient'
import type { PatientColumns } from '#app/patients/patient_columns'

type Identity = Pick<PatientColumns, 'nationalId' | 'nationalIdCountry' | 'phone'>

/** Whose ids those are; nothing is found by it alone. */
const COUNTRY = ['nationalIdCountry', 'national_id_country']

/** Those of a patient's columns. */
export const patientIndexes = () => blindIndexesOf<Identity>(Patient)

/** A row's stored columns by the names that a patient gives them; one that is left out is empty. */
export function identityIn(columns: Record<string, unknown>): Identity {
  const names = [...patientIndexes().map(({ attribute, column }) => [attribute, column]), COUNTRY]
  return Object.fromEntries(names.map(([attribute, column]) => [attribute, columns[column!] ?? null])) as Identity
}

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
