/** The one clock, so that a test can set it. */
let offset = 0

export function now(): Date {
  return new Date(Date.now() + offset)
}

/** For tests: moves the clock by so many milliseconds, and back with 0. */
export function moveClock(milliseconds: number) {
  offset = milliseconds
}

/** How far a test has moved the clock, for what asks the database's. */
export function clockOffset(): number {
  return offset
}

/** Milliseconds since any moment: a clock that is set back would keep for an hour what is to be forgotten in ten minutes. */
export function monotonic(): number {
  return performance.now() + offset
}

/** 'YYYY-MM-DD HH:mm:ss.SSS' in UTC, as both databases keep an instant. */
export function toSqlInstant(date: Date): string {
  return date.toISOString().replace('T', ' ').slice(0, 23)
}

export function fromSqlInstant(text: string): Date {
  return new Date(`${text.replace(' ', 'T')}Z`)
}
