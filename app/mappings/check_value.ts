import { IANAZone } from 'luxon'
import { compileDateFormat } from '#app/mappings/date_format'
import type {
  Condition,
  EntityName,
  FileMapping,
  Key,
  Mapping,
  Pattern,
  Test,
  Value,
  ValueObject,
} from '#app/mappings/mapping'
import type { MappingError, Path } from '#app/mappings/mapping_text'
import { patternOf } from '#app/mappings/row_scope'

/** Where a value stands. `item`: inside a record made for each item of a list. */
export interface CheckScope {
  mapping: Mapping
  at: MappingError
  index: number
  file: FileMapping
  item: boolean
  mainEntity?: EntityName
}

export function checkKey(key: Key, path: Path, scope: CheckScope) {
  if (!Array.isArray(key)) return checkValue(key, path, scope)
  key.forEach((part, index) => checkValue(part, [...path, index], scope))
}

export function checkValue(value: Value, path: Path, scope: CheckScope) {
  if (typeof value === 'string') return checkColumn(value, path, scope)
  checkSource(value, path, scope)
  if (value.when) checkCondition(value.when, [...path, 'when'], scope)
  if (value.extract) checkPattern(value.extract, [...path, 'extract'], scope)
  for (const one of [value.replace ?? []].flat()) checkPattern(one, [...path, 'replace'], scope)
  if (typeof value.table === 'string' && !Object.hasOwn(scope.mapping.tables ?? {}, value.table)) {
    throw scope.at([...path, 'table'], 'table_unknown', { table: value.table })
  }
  checkFormats(value, path, scope)
}

export function checkCondition(condition: Condition, path: Path, scope: CheckScope) {
  if (Array.isArray(condition)) condition.forEach((test, index) => checkTest(test, [...path, index], scope))
  else checkTest(condition, path, scope)
}

function checkTest(test: Test, path: Path, scope: CheckScope) {
  if (test.column !== undefined) checkColumn(test.column, [...path, 'column'], scope)
  if (test.matches) checkPattern(test.matches, [...path, 'matches'], scope)
  test.any?.forEach((one, index) => checkTest(one, [...path, 'any', index], scope))
}

function checkSource(value: ValueObject, path: Path, scope: CheckScope) {
  if (value.column !== undefined) checkColumn(value.column, [...path, 'column'], scope)
  if (value.item && !scope.item) throw scope.at([...path, 'item'], 'item_outside_for_each')
  if (value.of !== undefined) checkValue(value.of, [...path, 'of'], scope)
  for (const source of ['join', 'first', 'list'] as const) {
    value[source]?.forEach((part, index) => checkValue(part, [...path, source, index], scope))
  }
  for (const [name, member] of Object.entries(value.object ?? {})) checkValue(member, [...path, 'object', name], scope)
  if (value.take !== undefined) checkTake(value, path, scope)
}

function checkTake(value: ValueObject, path: Path, scope: CheckScope) {
  const index = scope.mapping.files.findIndex(({ file }) => file === value.from)
  const file = scope.mapping.files[index]
  if (!file) throw scope.at([...path, 'from'], 'file_unknown', { file: value.from! })
  if (index >= scope.index) throw scope.at([...path, 'from'], 'lookup_after_use', { file: file.file })
  if (file.key === undefined) throw scope.at([...path, 'from'], 'file_without_key', { file: file.file })
  checkColumn(value.take!, [...path, 'take'], { ...scope, file })
  checkKey(value.by!, [...path, 'by'], scope)
  const [found, expected] = [[value.by!].flat().length, [file.key].flat().length]
  if (found !== expected) throw scope.at([...path, 'by'], 'key_length_differs', { expected, found })
}

/** Where the mapping itself lists a file's columns, a misspelt one is found without the file. */
function checkColumn(column: string, path: Path, { file, at }: CheckScope) {
  if (file.columns && !file.columns.includes(column)) throw at(path, 'column_not_listed', { column })
}

function checkPattern(pattern: Pattern, path: Path, { at }: CheckScope) {
  const { pattern: source, flags } = patternOf(pattern)
  try {
    new RegExp(source, flags)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw at(path, 'bad_regex', { detail: error.message })
  }
}

function checkFormats(value: ValueObject, path: Path, { at }: CheckScope) {
  for (const step of ['date', 'instant'] as const) {
    const wrong = [value[step] ?? []].flat().find((format) => !compileDateFormat(format))
    if (wrong !== undefined) throw at([...path, step], 'bad_format', { format: wrong })
  }
  if (value.timezone !== undefined && !IANAZone.isValidZone(value.timezone)) {
    throw at([...path, 'timezone'], 'timezone_unknown', { timezone: value.timezone })
  }
}
