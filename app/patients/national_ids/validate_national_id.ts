import { NATIONAL_ID_CHECKS, type NationalIdCheck, type NationalIdFault } from '#app/patients/national_ids/checks'

export type NationalIdResult =
  | { ok: true; normalised: string; check: NationalIdCheck['kind'] }
  | { ok: false; code: NationalIdFault | 'unknown_country' | 'empty' | 'bad_character' }

/** ISO 3166-1 alpha-2 codes that have a check of their own, and `generic`. */
export const NATIONAL_ID_COUNTRIES: readonly string[] = [...NATIONAL_ID_CHECKS.keys()]

/**
 * Checks a national id by the rules of one country. Which of them is a checksum and which only a shape, and where each
 * comes from: docs/national_ids.md.
 *
 * @param value as someone typed it: case, spaces, dots, hyphens and slashes do not matter
 * @param country one of `NATIONAL_ID_COUNTRIES`; an unlisted one is refused rather than taken for `generic`
 * @returns the form to store and compare by, or why it is refused; nothing is thrown
 */
export function validateNationalId(value: string, country: string): NationalIdResult {
  const check = NATIONAL_ID_CHECKS.get(country)
  if (!check) return { ok: false, code: 'unknown_country' }
  const upper = value.normalize('NFKC').toUpperCase().trim()
  if (upper === '') return { ok: false, code: 'empty' }
  if (!TYPED.test(upper)) return { ok: false, code: 'bad_character' }
  const normalised = normaliseNationalId(upper)
  const fault = check.faultOf(normalised)
  return fault ? { ok: false, code: fault } : { ok: true, normalised, check: check.kind }
}

// A sign that no id holds is a slip of the hand, so it is refused instead of dropped like a separator.
const TYPED = /^[A-Z0-9](?:[A-Z0-9 .\-/]*[A-Z0-9])?$/

/** The id's capitals and digits, in NFKC: what the blind index is made of, so that AB-123 and ab123 are one id. */
export function normaliseNationalId(value: string): string {
  return value
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
}
