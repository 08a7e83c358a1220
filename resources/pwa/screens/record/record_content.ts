import { textOf } from '#pwa/screens/consultation/clinical_form'
import type { RecordType } from '#pwa/screens/record/record_types'
import {
  doubtsOf,
  measurementsOf,
  otherMeasurements,
  valuesOf,
  type Measurement,
  type VitalValues,
} from '#pwa/screens/record/vital_signs'
import { t } from '#pwa/texts/t'

/** What somebody typed of a record's content, all as text; which of it a type has is said by `contentOf`. */
export interface Typed {
  severity: string
  reactions: string
  category: string
  vaccine_code: string
  lot_number: string
  dose_number: string
  site: string
  signs: VitalValues
}

type Content = Record<string, unknown> | null | undefined

const members = (content: unknown): Record<string, unknown> =>
  content && typeof content === 'object' ? (content as Record<string, unknown>) : {}

const measured = (content: unknown): Measurement[] => {
  const { measurements } = members(content)
  return Array.isArray(measurements) ? (measurements as Measurement[]) : []
}

export function typedOf(_type: RecordType, content: unknown): Typed {
  const from = members(content)
  return {
    severity: textOf(from.severity),
    reactions: Array.isArray(from.reactions) ? from.reactions.join(', ') : '',
    category: textOf(from.category),
    vaccine_code: textOf(from.vaccine_code),
    lot_number: textOf(from.lot_number),
    dose_number: textOf(from.dose_number),
    site: textOf(from.site),
    signs: valuesOf(measured(content)),
  }
}

/** The content as the server takes it, with the members of this type and no other; undefined for a type that has none. */
export function contentOf(type: RecordType, typed: Typed, former?: unknown): Content {
  if (type === 'vital_signs') {
    const nameOf = (sign: string) => t(`record.sign.${sign}`)
    return { measurements: keepNames(measurementsOf(typed.signs, nameOf, otherMeasurements(measured(former))), former) }
  }
  if (type === 'allergy') {
    const reactions = typed.reactions.split(/[,;\n]/).map((each) => each.trim())
    const given = { severity: typed.severity, reactions: reactions.filter(Boolean), category: typed.category }
    return typed.severity ? filled(given) : former === undefined ? undefined : (former as Content)
  }
  if (type === 'vaccination') {
    const { lot_number, dose_number, vaccine_code, site } = typed
    if (!lot_number && !dose_number) return former === undefined ? undefined : (former as Content)
    return filled({ lot_number, dose_number: Number(dose_number), vaccine_code, site })
  }
  return undefined
}

/** A sign that was measured before keeps the name under which it stands: another language is no other measurement. */
function keepNames(measurements: Measurement[], former: unknown): Measurement[] {
  const before = measured(former)
  return measurements.map((each) => {
    const same = before.find(
      ({ code, unit, value }) => code === each.code && unit === each.unit && value === each.value
    )
    return same ?? each
  })
}

const filled = (content: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(content)
      .map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value])
      .filter(([, value]) => value !== '')
  )

/** What this type's content cannot do without. An allergy or a vaccination may also have none at all. */
export function emptyContent(type: RecordType, typed: Typed): Record<string, string | undefined> {
  if (type === 'vital_signs') {
    const doubts = doubtsOf(typed.signs)
    const isUnreadable = Object.values(doubts).includes('unreadable')
    const isEmpty = !measurementsOf(typed.signs, (name) => name).length
    return { signs: isUnreadable || isEmpty ? t('record.needs_measurement') : undefined }
  }
  if (type === 'allergy') {
    const isBegun = typed.reactions.trim() || typed.category
    return { severity: isBegun && !typed.severity ? t('record.needs_severity') : undefined }
  }
  if (type === 'vaccination') {
    const { lot_number, dose_number, vaccine_code, site } = typed
    const isBegun = Boolean(lot_number.trim() || dose_number.trim() || vaccine_code.trim() || site.trim())
    const isDose = /^[1-9]\d?$/.test(dose_number.trim())
    return {
      lot_number: isBegun && !lot_number.trim() ? t('record.needs_lot') : undefined,
      dose_number: isBegun && !isDose ? t('record.needs_dose') : undefined,
    }
  }
  return {}
}
