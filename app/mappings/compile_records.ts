import { compileCondition } from '#app/mappings/compile_condition'
import { compileKey, compileValue, firstColumn } from '#app/mappings/compile_value'
import { findReference } from '#app/mappings/find_reference'
import type { Also, EntityName, Key, Reference, Target, Value } from '#app/mappings/mapping'
import { requiredReferences } from '#app/mappings/mapping_schema'
import { keyText, keyWithin } from '#app/mappings/natural_key'
import { type FileScope, type RowScope, spaceOf } from '#app/mappings/row_scope'
import { RowProblem } from '#app/mappings/source_problems'

export interface RecordReference {
  entity: EntityName
  key: string
}
/** A record of one entity; `input` is what the entity's validator takes, without its empty fields. */
export interface MappedRecord {
  entity: EntityName
  key: string
  input: Record<string, unknown>
  references: Record<string, RecordReference>
}

type ReadInput = (row: RowScope) => Record<string, unknown>
type ReadReferences = (row: RowScope, main: RecordReference | null) => Record<string, RecordReference>

/** The record of a target and its `also` records, for the row known as `key`. */
export function compileTarget(target: Target, file: string, scope: FileScope) {
  const entity = target.entity!
  const readInput = compileInput(entity, target.fields ?? {}, scope)
  const readReferences = compileReferences(entity, target.references ?? {}, scope)
  const further = (target.also ?? []).map((also) => compileAlso(also, file, scope))
  return (row: RowScope, key: string): [MappedRecord, ...MappedRecord[]] => {
    const main = { entity, key, input: readInput(row), references: readReferences(row, null) }
    return [main, ...further.flatMap((read) => read(row, { entity, key }))]
  }
}

/** Reads a row's key. Throws RowProblem when a part of it is empty. */
export function compileRequiredKey(key: Key, space: string, scope: FileScope): (row: RowScope) => string {
  const readParts = compileKey(key, scope)
  const column = firstColumn(key)
  return (row) => {
    const parts = readParts(row)
    if (!parts) throw new RowProblem('missing_key', column)
    return keyText(space, parts)
  }
}

function compileAlso(also: Also, file: string, scope: FileScope) {
  const holds = also.when ? compileCondition(also.when, scope) : () => true
  const readItems = also.for_each === undefined ? null : compileValue(also.for_each, scope)
  const readKey = also.key && compileRequiredKey(also.key, spaceOf(scope.mapping, file, also.name), scope)
  const readInput = compileInput(also.entity, also.fields ?? {}, scope)
  const readReferences = compileReferences(also.entity, also.references ?? {}, scope)
  const readOne = (
    row: RowScope,
    main: RecordReference,
    item?: { text: string; occurrence: number }
  ): MappedRecord => ({
    entity: also.entity,
    key: readKey ? readKey(row) : keyWithin(main.key, also.name, item),
    input: readInput(row),
    references: readReferences(row, main),
  })
  return (row: RowScope, main: RecordReference): MappedRecord[] => {
    if (!holds(row)) return []
    if (!readItems) return [readOne(row, main)]
    return numbered(readItems(row)).map((item) => readOne({ ...row, item: item.text }, main, item))
  }
}

function numbered(items: unknown): { text: string; occurrence: number }[] {
  const seen = new Map<string, number>()
  return [items ?? []].flat().map((item) => {
    const text = String(item)
    const occurrence = (seen.get(text) ?? 0) + 1
    seen.set(text, occurrence)
    return { text, occurrence }
  })
}

function compileInput(entity: EntityName, fields: Record<string, Value>, scope: FileScope): ReadInput {
  const readers = Object.entries(fields).map(([name, value]) => {
    const [field, ...inner] = name.split('.') as [string, ...string[]]
    return { field, inner, read: compileValue(value, scope) }
  })
  const { country } = scope.mapping
  return (row) => {
    const input: Record<string, unknown> = {}
    for (const { field, inner, read } of readers) {
      const value = read(row)
      if (value === null) continue
      if (inner.length) setWithin(input, [field, ...inner], value)
      else input[field] = value
    }
    if (entity === 'patient' && country && input.national_id !== undefined) input.national_id_country ??= country
    return input
  }
}

/** Own members only: a step named `constructor` must not lead to what every object shares. */
function setWithin(input: Record<string, unknown>, path: string[], value: unknown) {
  let object = input
  for (const step of path.slice(0, -1)) {
    const inner = Object.hasOwn(object, step) ? object[step] : undefined
    object = (object[step] = isObject(inner) ? inner : {}) as Record<string, unknown>
  }
  object[path.at(-1)!] = value
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function compileReferences(
  entity: EntityName,
  references: Record<string, Reference>,
  scope: FileScope
): ReadReferences {
  const required = requiredReferences(entity)
  const readers = Object.entries(references).map(([name, reference]) => ({
    name,
    read: compileReference(reference, scope),
    column: reference.key === undefined ? null : firstColumn(reference.key),
  }))
  return (row, main) => {
    const found: Record<string, RecordReference> = {}
    for (const { name, read, column } of readers) {
      const one = read(row, main)
      if (one) found[name] = one
      else if (required.includes(name)) throw new RowProblem('missing_reference', column, { reference: name })
    }
    return found
  }
}

function compileReference(reference: Reference, scope: FileScope) {
  if (reference.main) return (_: RowScope, main: RecordReference | null) => main
  const target = findReference(scope.mapping, reference)!
  const entity = target.entities[0]!
  const readParts = compileKey(reference.key!, scope)
  const space = spaceOf(scope.mapping, target.file.file, target.ownKey ? reference.also : undefined)
  return (row: RowScope): RecordReference | null => {
    const parts = readParts(row)
    if (!parts) return null
    const key = keyText(space, parts)
    return { entity, key: reference.also && !target.ownKey ? keyWithin(key, reference.also) : key }
  }
}
