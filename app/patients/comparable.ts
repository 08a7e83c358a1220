import { normaliseNationalId, validateNationalId } from '#app/patients/national_ids/validate_national_id'
import { NationalIdInvalid } from '#app/patients/patient_problems'
import { normalisePhone } from '#app/patients/phone'

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

/** What was good when it was taken keeps its token, whatever the rules are by now. */
export function comparedNationalId(
  value: string,
  { nationalIdCountry }: { nationalIdCountry: string | null },
  defaultCountry: string
) {
  return { country: nationalIdCountry ?? defaultCountry, normalised: normaliseNationalId(value) }
}

/** A number says its country itself once it is read. */
export function comparedPhone(value: string, _: unknown, defaultCountry: string) {
  return { country: '', normalised: comparablePhone(value, defaultCountry) }
}
