import { firstColumn } from '#app/mappings/compile_value'
import { type EntityName, type Mapping, targetsOf } from '#app/mappings/mapping'

/** The source's column from which a field or reference is read first: where the operator has to look. */
export function columnOfField(mapping: Mapping, file: string, entity: EntityName, field: string): string | null {
  const entry = mapping.files.find((one) => one.file === file)
  if (!entry) return null
  const records = targetsOf(entry).flatMap((target) => [target, ...(target.also ?? [])])
  for (const { fields = {}, references = {} } of records.filter((record) => record.entity === entity)) {
    const name = field in fields ? field : Object.keys(fields).find((one) => one.startsWith(`${field}.`))
    const value = (name === undefined ? undefined : fields[name]) ?? references[field]?.key
    if (value !== undefined) return firstColumn(value)
  }
  return null
}
