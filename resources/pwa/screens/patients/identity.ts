import { sameValue } from '#app/sync/merging'
import type { Values } from '#pwa/screens/consultation/clinical_form'

export const SEXES = ['female', 'male', 'other', 'unknown'] as const

/** Countries whose national ids the server knows by their rules; ISO 3166-1 alpha-2, and any other. */
export const COUNTRIES = ['BF', 'CI', 'CM', 'DZ', 'FR', 'MA', 'ML', 'SN', 'TN', 'generic'] as const

/** Of an identity, what a form shows. A country that is empty is the clinic's own. */
export const IDENTITY_FIELDS = [
  ...['family_name', 'given_name', 'sex', 'dob', 'phone', 'national_id', 'national_id_country', 'email', 'address'],
  ...['mrn', 'deceased_at'],
] as const

/** Of a new patient, what is said; of a correction, what is another than it was, null where it was emptied. */
export function identityInput(values: Values, former?: Values | null): Values {
  const told = IDENTITY_FIELDS.map((field) => [field, plain(values[field])] as const)
  if (!former) return Object.fromEntries(told.filter(([, value]) => value !== null))
  const changed = told.filter(([field, value]) => field !== 'mrn' && !sameValue(value, plain(former[field])))
  return Object.fromEntries(changed)
}

const plain = (value: unknown) => {
  const trimmed = typeof value === 'string' ? value.trim() : value
  return trimmed === '' || trimmed === undefined ? null : trimmed
}
