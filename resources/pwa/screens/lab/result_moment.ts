import { dayOf } from '#pwa/screens/consultation/local_time'
import { formatDate, formatDateTime } from '#pwa/texts/format'

/** A result, as its record tells it. */
type Result = Readonly<Record<string, unknown>>

interface ResultMoment {
  /** ISO 8601; of a day alone, where it begins here. */
  at: string
  isDayOnly: boolean
}

/**
 * A former system that told a day alone left midnight: of its own time zone, which is mostly that of this device, or of
 * UTC where its mapping names none. The day stays what it was wherever the device is.
 */
export function resultMoment(found: Result): ResultMoment {
  const at = typeof found.result_date === 'string' ? found.result_date : ''
  const date = new Date(at)
  if (Number.isNaN(date.getTime()) || !isImported(found)) return { at, isDayOnly: false }
  const isMidnightInUtc = date.getTime() % 86_400_000 === 0
  if (!isMidnightInUtc && !isMidnightHere(date)) return { at, isDayOnly: false }
  const day = isMidnightInUtc ? date.toISOString().slice(0, 10) : dayOf(date)
  return { at: new Date(`${day}T00:00:00`).toISOString(), isDayOnly: true }
}

export function resultDateText(found: Result): string {
  const { at, isDayOnly } = resultMoment(found)
  return isDayOnly ? formatDate(at) : formatDateTime(at)
}

/** Here, whoever enters a result signs it, and nothing is released but by a validation. */
function isImported({ performed_by, status, validated_at }: Result): boolean {
  const isReleased = status === 'final' || status === 'amended'
  return performed_by === null || (isReleased && validated_at === null)
}

const isMidnightHere = (date: Date) => date.getTime() % 60_000 === 0 && date.getHours() === 0 && date.getMinutes() === 0
