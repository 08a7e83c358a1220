import { textOf, type Values } from '#pwa/screens/consultation/clinical_form'
import { instantOf } from '#pwa/screens/consultation/local_time'
import { t } from '#pwa/texts/t'

export type ResultValues = Record<(typeof RESULT_FIELDS)[number], string>

export const RESULT_FIELDS = [
  'test_name',
  'code',
  'code_system',
  'result',
  'unit',
  'reference_range',
  'flag',
  'result_date',
] as const

export function resultValuesOf(from: Values): ResultValues {
  const pairs = RESULT_FIELDS.map((name) => [name, textOf(from[name])])
  return { ...(Object.fromEntries(pairs) as ResultValues), result_date: textOf(from.result_date) || instantOf() }
}

/** The number that a result is, as the server keeps it; null for words. */
export function valueIn(result: string): string | null {
  const plain = result.trim().replace(',', '.')
  return /^-?\d{1,15}(\.\d{1,15})?$/.test(plain) ? plain : null
}

/** A result that nobody touched keeps the value beside it, however that was written. */
export function withValue(values: ResultValues, begun: Values): Values {
  const isSame = values.result.trim() === textOf(begun.result).trim()
  const value =
    isSame && begun.value !== null && begun.value !== undefined ? textOf(begun.value) : valueIn(values.result)
  return { ...values, value, code_system: values.code.trim() ? values.code_system || 'LOINC' : '' }
}

const A_MOMENT = 5 * 60_000

export function resultProblems(values: ResultValues, begun: Values): Record<string, string | undefined> {
  const { value } = withValue(values, begun)
  return {
    test_name: values.test_name.trim() ? undefined : t('lab.needs_name'),
    result: values.result.trim() ? undefined : t('lab.needs_result'),
    unit: values.unit.trim() && !value ? t('lab.unit_without_value') : undefined,
    result_date: Date.parse(values.result_date) > Date.now() + A_MOMENT ? t('lab.in_future') : undefined,
  }
}

/** What the reference range says of the number: « 12–16 », « < 5 », « > 60 »; null where it says nothing. */
export function suggestedFlag(result: string, range: string): 'L' | 'H' | 'N' | null {
  const value = valueIn(result)
  const numbers = [...range.replaceAll(',', '.').matchAll(/\d+(?:\.\d+)?/g)].map(([each]) => Number(each))
  if (value === null || !numbers.length || numbers.length > 2) return null
  const [first, second] = numbers as [number, number?]
  const isBelow = /^\s*[<≤]/.test(range)
  const isAbove = /^\s*[>≥]/.test(range)
  if (second === undefined && !isBelow && !isAbove) return null
  const low = second === undefined ? (isAbove ? first : -Infinity) : first
  const high = second === undefined ? (isBelow ? first : Infinity) : second
  if (Number(value) < low) return 'L'
  return Number(value) > high ? 'H' : 'N'
}
