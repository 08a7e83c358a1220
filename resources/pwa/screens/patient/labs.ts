import type { Held } from '#pwa/device/types'
import { resultMoment } from '#pwa/screens/lab/result_moment'

/** All results of one test, the latest first. */
export interface LabTest {
  key: string
  name: string
  results: Held[]
  /** What can be drawn: numbers in one unit, oldest first, seconds since 1970; with the range of the latest of them. */
  curve: { at: number[]; values: number[] }
  range: Range | null
}

interface Range {
  low: number | null
  high: number | null
}

/** A code names a test; where there is none, its name does, however it was spelled. */
function keyOf({ data }: Held): string {
  const code = typeof data.code === 'string' && data.code ? `${data.code_system ?? ''} ${data.code}` : ''
  return (code || String(data.test_name ?? '')).normalize('NFKD').replaceAll(/\p{M}/gu, '').trim().toLowerCase()
}

/** By test, that with the latest result first. */
export function testsOf(results: Held[]): LabTest[] {
  const latestFirst = [...results].sort((one, other) => instantOf(other) - instantOf(one))
  const grouped = new Map<string, Held[]>()
  for (const result of latestFirst) {
    const key = keyOf(result)
    grouped.set(key, [...(grouped.get(key) ?? []), result])
  }
  return [...grouped].map(([key, ofTest]) => {
    const latest = ofTest[0]!.data
    return {
      key,
      name: String(latest.test_name ?? ''),
      results: ofTest,
      curve: curveOf(ofTest),
      range: rangeOf(numbersOf(ofTest)[0]?.data.reference_range),
    }
  })
}

const instantOf = ({ data }: Held) => Date.parse(resultMoment(data).at)

/** In the unit of the latest number; a result in another unit is in the table only. */
function curveOf(latestFirst: Held[]) {
  const numbers = numbersOf(latestFirst)
  const unit = String(numbers[0]?.data.unit ?? '')
  const drawn = numbers.filter(({ data }) => String(data.unit ?? '') === unit).reverse()
  return {
    at: drawn.map((result) => instantOf(result) / 1000),
    values: drawn.map(({ data }) => Number(data.value)),
  }
}

const numbersOf = (results: Held[]) => results.filter(({ data }) => data.value !== '' && isNumber(data.value))
const isNumber = (value: unknown) => Number.isFinite(Number(value ?? Number.NaN))

const NUMBER = String.raw`(-?\d+(?:[.,]\d+)?)`
const BETWEEN = new RegExp(String.raw`^\D*?${NUMBER}\s*(?:-|–|—|à|to|;|\.\.)\s*${NUMBER}`)
const BELOW = new RegExp(String.raw`^\s*(?:<|≤|<=)\s*=?\s*${NUMBER}`)
const ABOVE = new RegExp(String.raw`^\s*(?:>|≥|>=)\s*=?\s*${NUMBER}`)

/** '4 - 10', '4,0–10,5', '< 5', '≥ 60'; null for words, and for several ranges at once (one a sex). */
export function rangeOf(written: unknown): Range | null {
  const text = String(written ?? '').trim()
  if ((text.match(/\d+([.,]\d+)?/g) ?? []).length > 2) return null
  const number = (digits: string | undefined) => Number(digits!.replace(',', '.'))
  const between = BETWEEN.exec(text)
  if (between) return { low: number(between[1]), high: number(between[2]) }
  const below = BELOW.exec(text)
  if (below) return { low: null, high: number(below[1]) }
  const above = ABOVE.exec(text)
  return above ? { low: number(above[1]), high: null } : null
}
