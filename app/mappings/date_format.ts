import { DateTime, IANAZone } from 'luxon'

/** The parts of one date as numbers; `offset` in minutes when the text names its zone. */
interface Parts {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  millisecond: number
  offset: number | null
}
export interface DateFormat {
  pattern: RegExp
  names: Token[]
}
type Token = 'YYYY' | 'MM' | 'M' | 'DD' | 'D' | 'HH' | 'H' | 'mm' | 'ss' | 'SSS' | 'Z'

const DAY = 86_400_000
const MAX_DAYS = 50_000
const steadyOffsets = new Map<string, number | null>()

// Digits only, each bounded: these patterns cannot backtrack, so they need no worker.
const tokens: Record<Token, string> = {
  YYYY: '(\\d{4})',
  MM: '(\\d{2})',
  M: '(\\d{1,2})',
  DD: '(\\d{2})',
  D: '(\\d{1,2})',
  HH: '(\\d{2})',
  H: '(\\d{1,2})',
  mm: '(\\d{2})',
  ss: '(\\d{2})',
  SSS: '(\\d{3})',
  Z: '(Z|[+-]\\d{2}(?::?\\d{2})?)',
}
const tokenOrText = /\[([^\]]*)\]|YYYY|MM|M|DD|D|HH|H|mm|ss|SSS|Z|T|[^A-Za-z[\]]/y

/** Null when the format holds a letter that means nothing, or misses year, month or day. */
export function compileDateFormat(format: string): DateFormat | null {
  const names: Token[] = []
  let pattern = ''
  let position = 0
  while (position < format.length) {
    tokenOrText.lastIndex = position
    const found = tokenOrText.exec(format)
    if (!found) return null
    const token = found[0] as Token
    if (token in tokens) {
      names.push(token)
      pattern += tokens[token]
    } else {
      pattern += RegExp.escape(found[1] ?? found[0])
    }
    position = tokenOrText.lastIndex
  }
  const units = names.map((name) => name.slice(0, 1))
  if (!['Y', 'M', 'D'].every((unit) => units.includes(unit)) || new Set(units).size < units.length) return null
  return { pattern: new RegExp(`^${pattern}$`), names }
}

/** `YYYY-MM-DD`, or null when the text is not such a date or no such day exists. Never guesses day and month. */
export function readDate(text: string, formats: readonly DateFormat[]): string | null {
  const parts = readParts(text, formats)
  return parts && `${pad(parts.year, 4)}-${pad(parts.month, 2)}-${pad(parts.day, 2)}`
}

/**
 * ISO 8601 UTC with milliseconds, or null when the text is no such moment. `timezone` (IANA) says where the clock hung
 * when the text does not; an hour that the change to summer time skipped there is no moment. A date alone is midnight.
 */
export function readInstant(text: string, formats: readonly DateFormat[], timezone: string): string | null {
  const parts = readParts(text, formats)
  if (!parts) return null
  if (parts.offset === null && timezone !== 'UTC') return inZone(parts, timezone)
  return new Date(utcOf(parts) - (parts.offset ?? 0) * 60_000).toISOString()
}

function readParts(text: string, formats: readonly DateFormat[]): Parts | null {
  for (const { pattern, names } of formats) {
    const found = pattern.exec(text)
    if (!found) continue
    const parts: Parts = { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0, offset: null }
    names.forEach((name, index) => setPart(parts, name, found[index + 1]!))
    return isReal(parts) ? parts : null
  }
  return null
}

function setPart(parts: Parts, name: Token, text: string) {
  if (name === 'Z') parts.offset = offsetOf(text)
  else if (name === 'YYYY') parts.year = Number(text)
  else if (name === 'MM' || name === 'M') parts.month = Number(text)
  else if (name === 'DD' || name === 'D') parts.day = Number(text)
  else if (name === 'HH' || name === 'H') parts.hour = Number(text)
  else if (name === 'mm') parts.minute = Number(text)
  else if (name === 'ss') parts.second = Number(text)
  else parts.millisecond = Number(text)
}

function offsetOf(text: string): number {
  if (text === 'Z') return 0
  const digits = text.slice(1).replace(':', '').padEnd(4, '0')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return text.startsWith('-') ? -minutes : minutes
}

function isReal({ year, month, day, hour, minute, second, offset }: Parts): boolean {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return false
  return hour < 24 && minute < 60 && second < 60 && Math.abs(offset ?? 0) <= 14 * 60
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function utcOf({ year, month, day, hour, minute, second, millisecond }: Parts): number {
  const date = new Date(0)
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day)
  return date.setUTCHours(hour, minute, second, millisecond)
}

function inZone({ offset: _, ...parts }: Parts, zone: string): string | null {
  const local = utcOf({ ...parts, offset: null })
  const steady = steadyOffset(zone, Math.floor(local / DAY))
  if (steady !== null) return new Date(local - steady * 60_000).toISOString()
  const there = DateTime.fromObject(parts, { zone })
  return there.hour === parts.hour && there.minute === parts.minute ? there.toUTC().toISO() : null
}

/** The zone's offset in minutes on a day around which no clock is changed, else null. Luxon alone takes 30 µs a date. */
function steadyOffset(zone: string, day: number): number | null {
  const id = `${zone} ${day}`
  const known = steadyOffsets.get(id)
  if (known !== undefined) return known
  const there = IANAZone.create(zone)
  const before = there.offset((day - 1) * DAY)
  const steady = before === there.offset((day + 2) * DAY) ? before : null
  if (steadyOffsets.size >= MAX_DAYS) steadyOffsets.clear()
  steadyOffsets.set(id, steady)
  return steady
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0')
}
