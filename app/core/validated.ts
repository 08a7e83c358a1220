import type { VineValidator } from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'
import { Invalid, type FieldError } from '#app/core/problem'

export type AnyValidator = VineValidator<any, any>

interface JsonSchema {
  properties?: Record<string, JsonSchema>
  items?: JsonSchema
  additionalProperties?: boolean | JsonSchema
}

// A megabyte of unknown fields would make an answer of many.
const MOST_ERRORS = 50

const schemas = new WeakMap<AnyValidator, JsonSchema>()

/**
 * The input in its validated form. Vine drops fields that it does not know without a word; a misspelt `phnoe` would be
 * a lost phone number, so that unknown fields are refused first, nested ones too.
 * Errors: Invalid, or Vine's own, which the gate names.
 */
export async function validated<V extends AnyValidator>(validator: V, raw: unknown): Promise<Infer<V>> {
  let schema = schemas.get(validator)
  if (!schema) {
    schema = validator.toJSONSchema() as JsonSchema
    schemas.set(validator, schema)
  }
  const unknown = unknownFields(raw, schema, '')
  if (unknown.length) throw new Invalid(unknown.slice(0, MOST_ERRORS))
  return validator.validate(raw)
}

function unknownFields(value: unknown, schema: JsonSchema, at: string): FieldError[] {
  if (Array.isArray(value))
    return schema.items ? value.flatMap((one, i) => unknownFields(one, schema.items!, `${at}/${i}`)) : []
  if (typeof value !== 'object' || value === null || !schema.properties) return []
  return Object.entries(value).flatMap(([name, inner]) => {
    const known = Object.hasOwn(schema.properties!, name) ? schema.properties![name] : undefined
    const pointer = `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (!known) return schema.additionalProperties === true ? [] : [{ pointer, code: 'unknown_field' }]
    return unknownFields(inner, known, pointer)
  })
}
