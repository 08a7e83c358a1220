const DAY = 86_400

/**
 * From when to when a curve goes, in seconds. A single measurement has a day on both sides: uPlot gives it three years.
 * @param at moments in seconds, oldest first, one at least
 */
export function rangeOfDays(at: number[]): [number, number] {
  const [first, last] = [at[0]!, at.at(-1)!]
  const margin = first === last ? DAY : (last - first) * 0.04
  return [first - margin, last + margin]
}

/** What stands at the marks below a curve: days within a year, months beyond, none of them twice in a row. */
export function daysOf(marks: number[], at: number[], language: string): string[] {
  const isLong = at.at(-1)! - at[0]! > 300 * DAY
  const format = new Intl.DateTimeFormat(
    language === 'fr' ? 'fr-FR' : 'en-GB',
    isLong ? { month: 'short', year: '2-digit' } : { day: 'numeric', month: 'short' }
  )
  const days = marks.map((seconds) => format.format(seconds * 1000))
  return days.map((day, index) => (day === days[index - 1] ? '' : day))
}
