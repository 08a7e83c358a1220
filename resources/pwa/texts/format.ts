import { language } from '#pwa/texts/t'

const LOCALES = { fr: 'fr-FR', en: 'en-GB' } as const

/** Made once a language: that takes a phone longer than a list of dates. */
function withOptions(options: Intl.DateTimeFormatOptions) {
  const made = new Map<string, Intl.DateTimeFormat>()
  return (instant: string | Date) => {
    const date = typeof instant === 'string' ? new Date(instant) : instant
    const locale = LOCALES[language.value]
    const format = made.get(locale) ?? new Intl.DateTimeFormat(locale, options)
    made.set(locale, format)
    return Number.isNaN(date.getTime()) ? '' : format.format(date)
  }
}

/** Instants (ISO 8601 or Date) in the reader's language and the device's time zone. */
export const formatDate = withOptions({ day: 'numeric', month: 'long', year: 'numeric' })
export const formatShortDate = withOptions({ day: '2-digit', month: '2-digit', year: 'numeric' })
export const formatTime = withOptions({ hour: '2-digit', minute: '2-digit' })
export const formatDateTime = withOptions({ dateStyle: 'medium', timeStyle: 'short' })
export const formatWeekday = withOptions({ weekday: 'long', day: 'numeric', month: 'long' })

/** A day without an hour ('YYYY-MM-DD'), which no time zone moves. */
export function formatDay(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(date.getTime())) return day
  return new Intl.DateTimeFormat(LOCALES[language.value], { dateStyle: 'long', timeZone: 'UTC' }).format(date)
}

export function formatNumber(value: number, digits = 2): string {
  return new Intl.NumberFormat(LOCALES[language.value], { maximumFractionDigits: digits }).format(value)
}

/** Bytes as people read them: 1,2 Mo, 1.2 MB. */
export function formatBytes(bytes: number): string {
  const units = language.value === 'fr' ? ['o', 'ko', 'Mo', 'Go'] : ['B', 'kB', 'MB', 'GB']
  const power = bytes < 1 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3))
  return `${formatNumber(bytes / 1000 ** power, 1)}\u00a0${units[power]}`
}

interface Age {
  unit: 'years' | 'months' | 'days'
  count: number
}

/** How old somebody born on a day is: years, under two years months, under two months days. */
export function ageOf(dob: string, today = new Date()): Age {
  const born = new Date(`${dob}T00:00:00`)
  const months =
    (today.getFullYear() - born.getFullYear()) * 12 +
    (today.getMonth() - born.getMonth()) -
    (today.getDate() < born.getDate() ? 1 : 0)
  if (months >= 24) return { unit: 'years', count: Math.floor(months / 12) }
  if (months >= 2) return { unit: 'months', count: months }
  return { unit: 'days', count: Math.max(0, Math.floor((today.getTime() - born.getTime()) / 86_400_000)) }
}
