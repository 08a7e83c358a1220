import { foldName } from '#app/patients/names/fold_name'
import { nameSound } from '#app/patients/names/name_sound'
import { nameTokens } from '#app/patients/names/name_tokens'
import { checkNationalId } from '#app/patients/comparable'
import { BornAfterDeath } from '#app/patients/patient_problems'

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
