import { firstColumn } from '#app/mappings/compile_value'
import type { Mapping } from '#app/mappings/mapping'
import { targetsOf } from '#app/mappings/mapping'

/** The source's column from which a field or reference is read first: where the operator has to look. */
export function columnOfField(mapping: Mapping, file: string, field: string): string | null {
  const entry = mapping.files.find((one) => one.file === file)
  if (!entry) return null
  for (const target of targetsOf(entry)) {
    for (const rules of [target, ...(target.also ?? [])]) {
      const value = rules.fields?.[field] ?? rules.references?.[field]?.key
      if (value !== undefined) return firstColumn(value)
    }
  }
  return null
}
