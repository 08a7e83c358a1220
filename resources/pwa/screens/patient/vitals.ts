import type { Held } from '#pwa/device/types'
import type { VitalName } from '#pwa/screens/record/vital_signs'

/** What was measured, as the record tells it. */
interface Measurement {
  name: string
  code: string | null
  value: number
  unit: string
}

/** Codes of LOINC. Several where places of measuring have codes of their own. */
const CODES: Record<string, VitalName> = {
  '8480-6': 'systolic',
  '8462-4': 'diastolic',
  '8867-4': 'pulse',
  '8889-8': 'pulse',
  '8310-5': 'temperature',
  '8331-1': 'temperature',
  '8328-7': 'temperature',
  '8332-9': 'temperature',
  '29463-7': 'weight',
  '3141-9': 'weight',
  '59408-5': 'oxygen',
  '2708-6': 'oxygen',
  '9279-1': 'respiratory_rate',
  '8302-2': 'height',
}

/** The unit in which each is drawn, and what other units are in it. */
const DRAWN: Record<VitalName, { unit: string; from: Record<string, (value: number) => number> }> = {
  systolic: { unit: 'mm[Hg]', from: { kPa: (value) => value * 7.50062 } },
  diastolic: { unit: 'mm[Hg]', from: { kPa: (value) => value * 7.50062 } },
  pulse: { unit: '/min', from: { '{beats}/min': same } },
  temperature: { unit: 'Cel', from: { '[degF]': (value) => ((value - 32) * 5) / 9 } },
  weight: { unit: 'kg', from: { 'g': (value) => value / 1000, '[lb_av]': (value) => value * 0.45359237 } },
  oxygen: { unit: '%', from: {} },
  respiratory_rate: { unit: '/min', from: { '{breaths}/min': same } },
  height: { unit: 'cm', from: { 'm': (value) => value * 100, '[in_i]': (value) => value * 2.54 } },
}

function same(value: number) {
  return value
}

/** One taking of vital signs: what was measured, as written, by kind; what has no kind is in `others`. */
export interface Vitals {
  record: Held
  at: string
  measured: Partial<Record<VitalName, Measurement>>
  others: Measurement[]
}

/** Of a chart's records, the latest first; what was entered in error says nothing. */
export function vitalsOf(records: Held[]): Vitals[] {
  return records
    .filter(({ data }) => data.type === 'vital_signs' && data.status !== 'entered_in_error')
    .map((record) => sorted(record))
    .sort((one, other) => Date.parse(other.at) - Date.parse(one.at))
}

function sorted(record: Held): Vitals {
  const vitals: Vitals = { record, at: momentOf(record), measured: {}, others: [] }
  for (const measurement of measurementsOf(record)) {
    const kind = CODES[measurement.code ?? '']
    if (kind && !vitals.measured[kind]) vitals.measured[kind] = measurement
    else vitals.others.push(measurement)
  }
  return vitals
}

/** When a medical record counts in the chart; of one that is not sent, when it happened or was written. */
export function momentOf({ data, writtenAt }: Held): string {
  return String(data.timeline_at ?? data.occurred_at ?? data.created_at ?? writtenAt ?? '')
}

/** What an import brought may have another shape: what is no measurement is passed over. */
function measurementsOf({ data }: Held): Measurement[] {
  const listed = (data.content as { measurements?: unknown } | null)?.measurements
  if (!Array.isArray(listed)) return []
  return listed.flatMap((each: Record<string, unknown> | null) => {
    const value = each?.value === '' ? Number.NaN : Number(each?.value ?? Number.NaN)
    if (!each || !Number.isFinite(value)) return []
    return [{ name: String(each.name ?? ''), code: textOr(each.code), value, unit: String(each.unit ?? '') }]
  })
}

const textOr = (value: unknown) => (typeof value === 'string' ? value : null)

/** In the unit of its curve; null where it is in one that nobody can turn into it. */
function drawnValue(kind: VitalName, { value, unit }: Measurement): number | null {
  const drawn = DRAWN[kind]
  if (unit === drawn.unit) return value
  return drawn.from[unit]?.(value) ?? null
}

export const drawnUnit = (kind: VitalName) => DRAWN[kind].unit

/** Points of one or more curves over the same instants, oldest first: seconds since 1970, and a row for each kind. */
export function curvesOf(vitals: Vitals[], kinds: VitalName[]): { at: number[]; rows: (number | null)[][] } {
  const drawn = vitals
    .map(({ at, measured }) => ({
      at: Date.parse(at) / 1000,
      values: kinds.map((kind) => (measured[kind] ? drawnValue(kind, measured[kind]) : null)),
    }))
    .filter(({ at, values }) => Number.isFinite(at) && values.some((value) => value !== null))
    .reverse()
  return { at: drawn.map(({ at }) => at), rows: kinds.map((_, index) => drawn.map(({ values }) => values[index]!)) }
}
