import { hasText, t } from '#pwa/texts/t'
import { formatDateTime, formatDay, formatNumber } from '#pwa/texts/format'

const INSTANT = /^\d{4}-\d\d-\d\dT/
const DAY = /^\d{4}-\d\d-\d\d$/

/** Machine's names and what only repeats others; a person who compares two versions looks at the rest. */
const NOT_SHOWN =
  /^(id|version|.+_id|.+_by|created_at|updated_at|timeline_at|retired_at|patient|consultation|prescriptions|addenda|doctors)$/

/** `national_id` ends like a reference and is none. */
export const isShown = (field: string) => field === 'national_id' || !NOT_SHOWN.test(field)

export function fieldLabel(field: string): string {
  return hasText(`sync.field.${field}`) ? t(`sync.field.${field}`) : field
}

/** A value of a record in words; an object is a line for each of its members. */
export function readable(field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return t('sync.value.none')
  if (Array.isArray(value)) return value.map((one) => readable(field, one)).join(field === 'measurements' ? '\n' : ', ')
  if (typeof value === 'object') return field === 'measurements' ? measurement(value) : members(value)
  if (typeof value === 'number') return formatNumber(value, 6)
  const text = String(value)
  if (INSTANT.test(text)) return formatDateTime(text)
  if (DAY.test(text)) return formatDay(text)
  return hasText(`sync.value.${field}.${text}`) ? t(`sync.value.${field}.${text}`) : text
}

function measurement(value: object): string {
  const { name, value: amount, unit } = value as { name?: string; value?: number; unit?: string }
  return `${name ?? ''} ${typeof amount === 'number' ? formatNumber(amount, 6) : ''} ${unit ?? ''}`.trim()
}

function members(value: object): string {
  return Object.entries(value)
    .map(([name, member]) => {
      const text = readable(name, member)
      return name === 'measurements' ? text : `${fieldLabel(name)}\u00a0: ${text}`
    })
    .join('\n')
}
