import { compileCondition } from '#app/mappings/compile_condition'
import { compileSteps } from '#app/mappings/compile_steps'
import type { Key, Value, ValueObject } from '#app/mappings/mapping'
import { keyText } from '#app/mappings/natural_key'
import { type FileScope, type RowScope, spaceOf } from '#app/mappings/row_scope'
import { RowProblem } from '#app/mappings/source_problems'

/** Gives the value, null when it is empty. Throws RowProblem. */
export type ReadValue = (row: RowScope) => unknown

export function compileValue(value: Value, scope: FileScope): ReadValue {
  if (typeof value === 'string') return compileColumn(value, true, scope)
  const read = compileSource(value, scope)
  const steps = compileSteps(value, firstColumn(value), scope)
  if (!value.when) return (row) => steps(read(row), row)
  const holds = compileCondition(value.when, scope)
  return (row) => steps(holds(row) ? read(row) : null, row)
}

/** The parts of a key, null when one of them is empty. */
export function compileKey(key: Key, scope: FileScope): (row: RowScope) => string[] | null {
  const parts = [key].flat().map((part) => compileValue(part, scope))
  return (row) => {
    const texts = parts.map((part) => part(row))
    return texts.includes(null) ? null : texts.map(String)
  }
}

/** The column to name when this value cannot be read. */
export function firstColumn(key: Key): string | null {
  return columnsOf(key)[0] ?? null
}

/** Every column that this value reads. */
export function columnsOf(key: Key): string[] {
  if (Array.isArray(key)) return key.flatMap(columnsOf)
  if (typeof key === 'string') return [key]
  const parts = [...(key.join ?? []), ...(key.first ?? []), ...(key.list ?? []), ...Object.values(key.object ?? {})]
  const own = [key.column ?? [], key.of ? columnsOf(key.of) : [], key.by ? columnsOf(key.by) : []].flat()
  const tested = [key.when ?? []].flat().flatMap((test) => [test, ...(test.any ?? [])])
  return [...own, ...parts.flatMap(columnsOf), ...tested.flatMap((test) => test.column ?? [])]
}

function compileSource(value: ValueObject, scope: FileScope): ReadValue {
  if (value.column !== undefined) return compileColumn(value.column, value.trim ?? true, scope)
  if (value.constant !== undefined) return () => value.constant
  if (value.of !== undefined) return compileValue(value.of, scope)
  if (value.item) return (row) => row.item
  if (value.join) return compileJoin(value.join, value.with ?? '', scope)
  if (value.first) return compileFirst(value.first, scope)
  if (value.list) return compileList(value.list, scope)
  if (value.object) return compileObject(value.object, scope)
  return compileTake(value, scope)
}

function compileColumn(column: string, trim: boolean, { columns, emptyValues }: FileScope): ReadValue {
  const index = columns.get(column) ?? -1
  return ({ cells }) => {
    const cell = cells[index] ?? ''
    const text = trim ? cell.trim() : cell
    return text === '' || emptyValues.has(text) ? null : text
  }
}

function compileJoin(values: Value[], separator: string, scope: FileScope): ReadValue {
  const parts = values.map((value) => compileValue(value, scope))
  return (row) => {
    const texts = parts.map((part) => part(row)).filter((part) => part !== null)
    return texts.length ? texts.join(separator) : null
  }
}

function compileFirst(values: Value[], scope: FileScope): ReadValue {
  const parts = values.map((value) => compileValue(value, scope))
  return (row) => {
    for (const part of parts) {
      const found = part(row)
      if (found !== null) return found
    }
    return null
  }
}

function compileList(values: Value[], scope: FileScope): ReadValue {
  const parts = values.map((value) => compileValue(value, scope))
  return (row) => {
    const found = parts.map((part) => part(row)).filter((part) => part !== null)
    return found.length ? found : null
  }
}

function compileObject(values: Record<string, Value>, scope: FileScope): ReadValue {
  const members = Object.entries(values).map(([name, value]) => ({ name, read: compileValue(value, scope) }))
  return (row) => {
    const found = members.map(({ name, read }) => [name, read(row)] as const).filter(([, value]) => value !== null)
    return found.length ? Object.fromEntries(found) : null
  }
}

function compileTake({ take, from, by, default: otherwise }: ValueObject, scope: FileScope): ReadValue {
  const readKey = compileKey(by!, scope)
  const space = spaceOf(scope.mapping, from!)
  return (row) => {
    const parts = readKey(row)
    if (!parts) return null
    const cells = row.find(from!, keyText(space, parts))
    if (!cells && otherwise === undefined) throw new RowProblem('not_in_lookup', firstColumn(by!), { file: from! })
    return cells?.[take!] || null
  }
}
