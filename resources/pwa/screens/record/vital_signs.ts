/** A sign that is measured at every visit: LOINC's code, UCUM's unit, and the bounds beyond which a reader looks twice. */
export interface VitalSign {
  name: VitalName
  code: string
  unit: string
  /** As people write the unit. */
  shown: string
  low: number
  high: number
  decimals: 0 | 1
}

export type VitalName =
  'systolic' | 'diastolic' | 'pulse' | 'temperature' | 'respiratory_rate' | 'oxygen' | 'weight' | 'height'

/**
 * Codes of the HL7 FHIR R4 profile « Vital Signs ». The bounds are those of a slip of the pen, for newborns and adults
 * alike, and no reference ranges: beyond them the form asks, and never refuses.
 */
export const VITAL_SIGNS: readonly VitalSign[] = [
  { name: 'systolic', code: '8480-6', unit: 'mm[Hg]', shown: 'mmHg', low: 50, high: 250, decimals: 0 },
  { name: 'diastolic', code: '8462-4', unit: 'mm[Hg]', shown: 'mmHg', low: 30, high: 150, decimals: 0 },
  { name: 'pulse', code: '8867-4', unit: '/min', shown: '/min', low: 30, high: 220, decimals: 0 },
  { name: 'temperature', code: '8310-5', unit: 'Cel', shown: '°C', low: 34, high: 42, decimals: 1 },
  { name: 'respiratory_rate', code: '9279-1', unit: '/min', shown: '/min', low: 6, high: 80, decimals: 0 },
  { name: 'oxygen', code: '59408-5', unit: '%', shown: '%', low: 70, high: 100, decimals: 0 },
  { name: 'weight', code: '29463-7', unit: 'kg', shown: 'kg', low: 0.5, high: 250, decimals: 1 },
  { name: 'height', code: '8302-2', unit: 'cm', shown: 'cm', low: 30, high: 220, decimals: 1 },
]

export interface Measurement {
  name: string
  code?: string
  code_system?: string
  value: number
  unit: string
}

/** What somebody typed, by the sign's name; a comma is a point. */
export type VitalValues = Partial<Record<VitalName, string>>

export function numberOf(text: string | undefined): number | null {
  const plain = (text ?? '').trim().replace(',', '.')
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null
}

/** Signs without a readable number are left out; `others` are measurements that the form does not show and keeps. */
export function measurementsOf(
  values: VitalValues,
  nameOf: (sign: VitalName) => string,
  others: Measurement[] = []
): Measurement[] {
  const known = VITAL_SIGNS.flatMap(({ name, code, unit }) => {
    const value = numberOf(values[name])
    return value === null ? [] : [{ name: nameOf(name), code, code_system: 'LOINC', value, unit }]
  })
  return [...known, ...others]
}

const signOf = ({ code, unit }: Measurement) => VITAL_SIGNS.find((sign) => sign.code === code && sign.unit === unit)

export function valuesOf(measurements: Measurement[]): VitalValues {
  const pairs = measurements.map((each) => [signOf(each)?.name, String(each.value)])
  return Object.fromEntries(pairs.filter(([name]) => name)) as VitalValues
}

export const otherMeasurements = (measurements: Measurement[]) => measurements.filter((each) => !signOf(each))

/** What looks like a slip of the pen: out of bounds, no number, or a diastolic that is not below the systolic. */
export function doubtsOf(values: VitalValues): Partial<Record<VitalName, 'unreadable' | 'unusual' | 'order'>> {
  const doubts: Partial<Record<VitalName, 'unreadable' | 'unusual' | 'order'>> = {}
  for (const { name, low, high } of VITAL_SIGNS) {
    if (!values[name]?.trim()) continue
    const value = numberOf(values[name])
    if (value === null) doubts[name] = 'unreadable'
    else if (value < low || value > high) doubts[name] = 'unusual'
  }
  const [systolic, diastolic] = [numberOf(values.systolic), numberOf(values.diastolic)]
  if (systolic !== null && diastolic !== null && diastolic >= systolic) doubts.diastolic = 'order'
  return doubts
}
