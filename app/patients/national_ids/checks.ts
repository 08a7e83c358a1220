import { validate as validateNir } from 'stdnum/lib/cjs/fr/nir.js'

export type NationalIdFault = 'bad_shape' | 'bad_checksum'

/** How one country's ids are checked. A new country is one more entry below, and a line in docs/national_ids.md. */
export interface NationalIdCheck {
  /** `checksum` catches a wrong digit; `shape` only a wrong length or a letter out of place. */
  kind: 'checksum' | 'shape'
  /** @param id capitals and digits only */
  faultOf(id: string): NationalIdFault | undefined
}

export const NATIONAL_ID_CHECKS: ReadonlyMap<string, NationalIdCheck> = new Map([
  ['FR', { kind: 'checksum', faultOf: faultOfNir }],
  ['MA', shape(/^(?=.{4,8}$)[A-Z]{1,2}[1-9]\d+$/)],
  ['DZ', shape(/^\d{18}$/)],
  ['TN', shape(/^\d{8}$/)],
  ['ML', shape(/^\d{14}[A-Z]$/)],
  // Where no authority publishes a format, wide enough for every card in use: a refusal there would be a guess.
  ['SN', shape(/^[12]\d{12,16}$/)],
  ['CI', shape(/^(?:\d{11}|CI?\d{9,10})$/)],
  ['CM', shape(/^[A-Z]{0,2}\d{8,20}$/)],
  ['BF', shape(/^(?:B\d{7,9}|\d{12,17})$/)],
  ['generic', shape(/^[A-Z0-9]{3,32}$/)],
])

function shape(pattern: RegExp): NationalIdCheck {
  return { kind: 'shape', faultOf: (id) => (pattern.test(id) ? undefined : 'bad_shape') }
}

const NIR_SHAPE = /^[1-478]\d{4}(?:\d\d|2[AB])\d{8}$/

/** The package checks length and key, not that the first digit is one that is given out. */
function faultOfNir(id: string): NationalIdFault | undefined {
  if (!NIR_SHAPE.test(id)) return 'bad_shape'
  return validateNir(id).isValid ? undefined : 'bad_checksum'
}
