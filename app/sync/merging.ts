// What of two changes to one record merges; decided alike by the server and by the app in the field.
import type { Entity } from '#app/sync/protocol'

/**
 * Fields that mean something only together: when one side changed one of them and the other another, somebody has to
 * look. A field that is in no group stands alone.
 */
const TOGETHER: Partial<Record<Entity, string[][]>> = {
  patient: [['national_id', 'national_id_country']],
  consultation: [['diagnosis', 'diagnosis_code', 'diagnosis_code_system']],
  prescription: [['medicine', 'code', 'code_system', 'dosage', 'route', 'duration', 'override_reason']],
  medical_record: [['description', 'code', 'code_system', 'content', 'status']],
  lab_result: [
    ['test_name', 'code', 'code_system', 'result', 'value', 'unit', 'reference_range', 'flag', 'status', 'result_date'],
  ],
}

/** The fields that mean something only together with this one, itself among them. */
export function fieldsTogether(entity: Entity, field: string): string[] {
  return TOGETHER[entity]?.find((fields) => fields.includes(field)) ?? [field]
}

/**
 * What a device sends as `base`: the former values of the fields in `data`, and of those that mean something only
 * together with one of them.
 */
export function formerValues(
  entity: Entity,
  data: Record<string, unknown>,
  former: Record<string, unknown>
): Record<string, unknown> {
  const fields = Object.keys(data).flatMap((field) => fieldsTogether(entity, field))
  return Object.fromEntries([...new Set(fields)].map((field) => [field, former[field] ?? null]))
}

/** The fields in which both sides went different ways, so that a person has to choose; none means that they merge. */
export function fieldsInConflict(
  entity: Entity,
  base: Record<string, unknown>,
  mine: Record<string, unknown>,
  theirs: Record<string, unknown>
): string[] {
  const theirChanges = (field: string) => !sameValue(base[field], theirs[field])
  return Object.keys(mine).filter((field) => {
    if (sameValue(mine[field], theirs[field])) return false
    return fieldsTogether(entity, field).some(theirChanges)
  })
}

/** Of JSON values; a field that is left out is null. Instants are compared by the moment that they name. */
export function sameValue(one: unknown, other: unknown): boolean {
  const [left, right] = [one ?? null, other ?? null]
  if (left === right) return true
  if (typeof left === 'string' && typeof right === 'string')
    return isInstant(left) && isInstant(right) && Date.parse(left) === Date.parse(right)
  if (typeof left !== 'object' || typeof right !== 'object' || !left || !right) return false
  const names = new Set([...Object.keys(left), ...Object.keys(right)])
  return [...names].every((name) => sameValue((left as never)[name], (right as never)[name]))
}

const isInstant = (text: string) => /^\d{4}-\d\d-\d\dT/.test(text)
