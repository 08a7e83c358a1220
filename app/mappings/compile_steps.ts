import { compileDateFormat, type DateFormat, readDate, readInstant } from '#app/mappings/date_format'
import type { Scalar, ValueObject } from '#app/mappings/mapping'
import { type FileScope, patternOf, type RowScope, tableOf } from '#app/mappings/row_scope'
import { RowProblem } from '#app/mappings/source_problems'

type Step = (text: string, row: RowScope) => unknown

/** The steps after a value's source, in the one order that docs/imports.md gives. Null stays for "empty". */
export function compileSteps(value: ValueObject, column: string | null, scope: FileScope) {
  const split = compileSplit(value)
  const steps = [
    ...compileRegexes(value, column, scope),
    ...compileCase(value),
    ...compileTable(value, column, scope),
    ...compileReading(value, column, scope),
  ]
  const whenEmpty = emptyOf(value, scope)
  return (source: unknown, row: RowScope): unknown => {
    const pieces = split && typeof source === 'string' ? split(source) : source
    const result = Array.isArray(pieces)
      ? nonEmpty(pieces.map((piece) => applySteps(piece, steps, row)))
      : applySteps(pieces, steps, row)
    if (result !== null) return result
    if (whenEmpty === null && value.required) throw new RowProblem('missing_value', column)
    return whenEmpty
  }
}

function applySteps(source: unknown, steps: Step[], row: RowScope): unknown {
  let current = source
  for (const step of steps) {
    if (current === null) return null
    if (typeof current === 'object') return current
    current = step(String(current), row)
  }
  return current === '' ? null : current
}

function nonEmpty(values: unknown[]): unknown[] | null {
  const kept = values.filter((value) => value !== null)
  return kept.length ? kept : null
}

function emptyOf({ table, default: otherwise }: ValueObject, { mapping }: FileScope): Scalar | null {
  const own = table === undefined ? undefined : tableOf(mapping, table)
  if (own && Object.hasOwn(own, '')) return own['']!
  return otherwise ?? null
}

function compileSplit({ split }: ValueObject): ((text: string) => string[] | string | null) | null {
  if (!split) return null
  return (text) => {
    const pieces = text.split(split.by).map((piece) => piece.trim())
    if (split.part === undefined) return pieces.filter((piece) => piece !== '')
    return pieces.at(split.part > 0 ? split.part - 1 : split.part) || null
  }
}

function compileRegexes(
  { extract, replace, trim = true }: ValueObject,
  column: string | null,
  { regexes }: FileScope
): Step[] {
  const rules = [replace ?? []].flat().map((one) => {
    const { pattern, flags } = patternOf(one)
    return regexes.add({ kind: 'replace', pattern, flags: `g${flags}`, with: one.with })
  })
  if (extract) rules.unshift(regexes.add({ kind: 'extract', ...patternOf(extract) }))
  return rules.map((rule) => (text, row) => {
    const answer = row.ask(rule, text, column)
    return (trim ? answer?.trim() : answer) || null
  })
}

function compileCase({ case: wanted }: ValueObject): Step[] {
  if (wanted === 'upper') return [(text) => text.toUpperCase()]
  if (wanted === 'lower') return [(text) => text.toLowerCase()]
  if (wanted !== 'title') return []
  return [(text) => text.toLowerCase().replace(/(^|[\s'’-])\p{L}/gu, (start) => start.toUpperCase())]
}

function compileTable(value: ValueObject, column: string | null, { mapping }: FileScope): Step[] {
  if (value.table === undefined) return []
  const entries = Object.entries(tableOf(mapping, value.table))
  const exact = new Map(entries)
  const folded = new Map(entries.map(([from, to]) => [from.toLowerCase(), to]))
  return [
    (text) => {
      const found = exact.get(text) ?? folded.get(text.toLowerCase()) ?? value.otherwise
      if (found !== undefined) return found
      if (value.otherwise_keep) return text
      throw new RowProblem('not_in_table', column)
    },
  ]
}

function compileReading(value: ValueObject, column: string | null, scope: FileScope): Step[] {
  if (value.date !== undefined) {
    const formats = formatsOf(value.date)
    const params = { formats: [value.date].flat().join(', ') }
    return [(text) => readDate(text, formats) ?? refuse('unreadable_date', column, params)]
  }
  if (value.instant !== undefined) {
    const formats = formatsOf(value.instant)
    const timezone = value.timezone ?? scope.timezone
    const params = { formats: [value.instant].flat().join(', ') }
    return [(text) => readInstant(text, formats, timezone) ?? refuse('unreadable_date', column, params)]
  }
  if (value.number) {
    const { decimal = '.', thousands = '' } = value.number === true ? {} : value.number
    return [(text) => readNumber(text, decimal, thousands) ?? refuse('unreadable_number', column)]
  }
  if (value.json) return [(text) => readJson(text) ?? refuse('unreadable_json', column)]
  return []
}

function formatsOf(formats: string | string[]): DateFormat[] {
  return [formats].flat().map((format) => compileDateFormat(format)!)
}

function readNumber(text: string, decimal: string, thousands: string): number | null {
  const plain = (thousands ? text.replaceAll(thousands, '') : text).replace(decimal, '.')
  return /^[+-]?\d{1,18}(\.\d{1,18})?$/.test(plain) ? Number(plain) : null
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function refuse(
  code: 'unreadable_date' | 'unreadable_number' | 'unreadable_json',
  column: string | null,
  params = {}
): never {
  throw new RowProblem(code, column, params)
}
