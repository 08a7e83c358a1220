import { readFileSync } from 'node:fs'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import type { EntityName, Mapping } from '#app/mappings/mapping'
import type { MappingError, Path } from '#app/mappings/mapping_text'
import type { BadMapping } from '#app/mappings/source_problems'

interface FieldsSchema {
  properties: Record<string, unknown>
  required?: string[]
}
interface MappingSchema {
  definitions: Record<string, FieldsSchema>
}

let loaded: { schema: MappingSchema; validate: ValidateFunction<Mapping> } | undefined

/** Compiled on first use: only an import pays for it. */
function mappingSchema() {
  if (loaded) return loaded
  const file = new URL('../../resources/mappings/mapping.schema.json', import.meta.url)
  const schema = JSON.parse(readFileSync(file, 'utf8')) as MappingSchema
  const ajv = new Ajv({ strict: false, verbose: true })
  loaded = { schema, validate: ajv.compile<Mapping>(schema) }
  return loaded
}

/** The shape of a mapping, from the JSON Schema that editors use too. Throws BadMapping. */
export function checkShape(content: unknown, at: MappingError): Mapping {
  const { validate } = mappingSchema()
  if (validate(content)) return content
  throw toBadMapping(validate.errors ?? [], at)
}

/** The references without which a record of this entity cannot be stored. */
export function requiredReferences(entity: EntityName): readonly string[] {
  return mappingSchema().schema.definitions[`${entity}_references`]?.required ?? []
}

function toBadMapping(errors: ErrorObject[], at: MappingError): BadMapping {
  // Under a oneOf come the complaints of every branch; the oneOf itself is the one that helps.
  const error = errors.findLast((one) => one.keyword === 'oneOf') ?? errors[0]
  if (!error) return at([], 'bad_value', { expected: '' })
  const path = toPath(error.instancePath)
  const params = error.params as Record<string, unknown>
  switch (error.keyword) {
    case 'additionalProperties':
      return at([...path, String(params.additionalProperty)], 'key_unknown')
    case 'required':
      return at([...path, String(params.missingProperty)], 'key_missing')
    case 'oneOf':
      return at(path, 'one_of_needed', { allowed: branchesOf(error) })
    case 'type':
      return at(path, 'value_type', { expected: [params.type].flat().join(', ') })
    case 'enum':
      return at(path, 'bad_value', { expected: (params.allowedValues as unknown[]).join(', ') })
    default:
      return at(path, 'bad_value', { expected: error.message ?? error.keyword })
  }
}

function branchesOf(error: ErrorObject): string {
  const branches = error.schema as { required: string[] }[]
  return branches.map((branch) => branch.required.join(' + ')).join(', ')
}

function toPath(pointer: string): Path {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step))
}
