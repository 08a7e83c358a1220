import { columnsOf } from '#app/mappings/compile_value'
import { type FileMapping, type Key, type Mapping, targetsOf } from '#app/mappings/mapping'

/** Every column that the file must have, optional ones included. */
export function columnsNamed(mapping: Mapping, file: FileMapping): string[] {
  const values: Key[] = file.key === undefined ? [] : [file.key]
  const tests: Key[] = []
  for (const target of targetsOf(file)) {
    for (const record of [target, ...(target.also ?? [])]) {
      values.push(...Object.values(record.fields ?? {}))
      values.push(...Object.values(record.references ?? {}).flatMap((reference) => reference.key ?? []))
      if (record.when) tests.push({ constant: '', when: record.when })
      if ('for_each' in record && record.for_each !== undefined) values.push(record.for_each)
      if ('key' in record && record.key !== undefined) values.push(record.key)
    }
  }
  return [...new Set([...values, ...tests].flatMap(columnsOf).concat(takenFrom(mapping, file.file)))]
}

/** The columns that other files take from this one. */
export function takenFrom(mapping: Mapping, file: string): string[] {
  const taken = new Set<string>()
  visitObjects(mapping.files, (object) => {
    if (object.from === file && typeof object.take === 'string') taken.add(object.take)
  })
  return [...taken]
}

function visitObjects(value: unknown, visit: (object: Record<string, unknown>) => void) {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) visit(value as Record<string, unknown>)
  for (const inner of Object.values(value)) visitObjects(inner, visit)
}

/** The files from which the rows of this one take. */
export function filesTakenFrom(file: FileMapping): Set<string> {
  const files = new Set<string>()
  visitObjects(file, (object) => {
    if (typeof object.take === 'string' && typeof object.from === 'string') files.add(object.from)
  })
  return files
}
