const two = (number: number) => String(number).padStart(2, '0')

/**
 * An instant as the clock on the wall shows it, with its offset: a birthday is compared with the day as its writer wrote
 * it. 2026-03-02T09:40:00+01:00
 */
export function instantOf(date: Date = new Date()): string {
  const offset = -date.getTimezoneOffset()
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`
  return `${dayOf(date)}T${clockOf(date)}:${two(date.getSeconds())}${zone}`
}

/** What an input of type datetime-local shows: '2026-03-02T09:40'; '' for no instant. */
export function localInput(instant: unknown): string {
  if (typeof instant !== 'string' || Number.isNaN(Date.parse(instant))) return ''
  const date = new Date(instant)
  return `${dayOf(date)}T${clockOf(date)}`
}

/** The instant that such an input names; what it showed before stays to the second while nobody changes it. */
export function fromLocalInput(text: string, before?: unknown): string | null {
  if (!text || Number.isNaN(Date.parse(text))) return null
  return text === localInput(before) ? (before as string) : instantOf(new Date(text))
}

/** 'YYYY-MM-DD' here. */
export const dayOf = (date: Date = new Date()) =>
  `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`

const clockOf = (date: Date) => `${two(date.getHours())}:${two(date.getMinutes())}`
