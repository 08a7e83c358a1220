import { foldName } from '#app/patients/names/fold_name'
import { nameSound } from '#app/patients/names/name_sound'
import { nameTokens } from '#app/patients/names/name_tokens'
import { normalisePhone } from '#app/patients/phone'
import { normaliseNationalId, validateNationalId } from '#app/patients/national_ids/validate_national_id'
import { BornAfterDeath, NationalIdInvalid } from '#app/patients/patient_problems'
import type { BlindToken, TokensOf } from '#app/keys/blind_index'

/** The identity of a patient as it is kept: plain text, by column, before the encrypted ones are sealed. */
export interface PatientColumns {
  familyName: string
  givenName: string
  sortName: string
  sex: string
  dob: string
  nationalId: string | null
  nationalIdCountry: string | null
  phone: string | null
  email: string | null
  address: string | null
  deceasedAt: Date | null
}

export interface PatientInput {
  family_name: string
  given_name: string
  sex: string
  dob: string
  national_id?: string | null
  national_id_country?: string | null
  phone?: string | null
  email?: string | null
  address?: string | null
  deceased_at?: string | null
}

/**
 * The one mapping from a validated input to columns: registering, correcting and importing share it.
 * Errors: NationalIdInvalid, BornAfterDeath.
 */
export function patientColumns(input: PatientInput, defaultCountry: string): PatientColumns {
  const nationalId = input.national_id || null
  const country = nationalId ? (input.national_id_country ?? defaultCountry) : null
  if (nationalId && country) checkNationalId(nationalId, country)
  const deceasedAt = input.deceased_at ? new Date(input.deceased_at) : null
  if (deceasedAt && deceasedAt.toISOString().slice(0, 10) < input.dob) throw new BornAfterDeath()
  return {
    familyName: input.family_name,
    givenName: input.given_name,
    sortName: foldName(`${input.family_name} ${input.given_name}`).slice(0, 250),
    sex: input.sex,
    dob: input.dob,
    nationalId,
    nationalIdCountry: country,
    phone: input.phone || null,
    email: input.email || null,
    address: input.address || null,
    deceasedAt,
  }
}

/** The form under which a national id is compared. Errors: NationalIdInvalid. */
export function checkNationalId(value: string, country: string): string {
  const checked = validateNationalId(value, country)
  if (!checked.ok) throw new NationalIdInvalid(checked.code, country)
  return checked.normalised
}

/** E.164 where the number can be read, else its digits: a badly noted number is found by the same bad digits. */
export function comparablePhone(value: string, country: string): string {
  return normalisePhone(value, country) ?? value.replace(/\D/g, '')
}

export interface NameRow {
  token: string
  sound: string
}

/** Rows of `patient_names`: each word of both names, folded, with its sound. */
export function nameRows({ familyName, givenName }: Pick<PatientColumns, 'familyName' | 'givenName'>): NameRow[] {
  const tokens = [...nameTokens(familyName), ...nameTokens(givenName)]
  return [
    ...new Map(tokens.map((token) => [indexed(token), { token: indexed(token), sound: nameSound(token) }])).values(),
  ]
}

/** What fits into the index; two long tokens may become one. */
export function indexed(token: string): string {
  return token.slice(0, 64)
}

/**
 * Blind-index tokens: `unique` may stand for one patient only, `shared` for several (a family's phone). The national id
 * was checked when it was taken; what was good then keeps its token, whatever the rules are by now.
 */
export function tokensOf(
  columns: Pick<PatientColumns, 'nationalId' | 'nationalIdCountry' | 'phone'>,
  defaultCountry: string,
  tokensUnder: TokensOf
): { unique: BlindToken[]; shared: BlindToken[] } {
  const { nationalId, nationalIdCountry, phone } = columns
  const country = nationalIdCountry ?? defaultCountry
  return {
    unique: nationalId ? tokensUnder('patients.national_id', country, normaliseNationalId(nationalId)) : [],
    shared: phone ? tokensUnder('patients.phone', '', comparablePhone(phone, defaultCountry)) : [],
  }
}
