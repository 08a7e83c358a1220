import { PROBLEMS, problemEntry } from '#app/http/problem_catalogue'
import type { Schema } from '#app/openapi/json_schema'

const text = { type: 'string' }

/** Members that are null where there is nothing to tell. */
const NULLABLE = new Set(['restored_to'])

/** What every refusal looks like: RFC 9457, with the members that the catalogue knows and no other. */
export function problemSchema(): Schema {
  const extras = Object.keys(PROBLEMS).flatMap((code) => Object.entries(problemEntry(code)!.extra ?? {}))
  return {
    type: 'object',
    properties: {
      type: { type: 'string', format: 'uri-reference' },
      title: text,
      status: { type: 'integer' },
      detail: text,
      code: { type: 'string', enum: Object.keys(PROBLEMS) },
      request_id: text,
      errors: { type: 'array', items: fieldError() },
      ...Object.fromEntries(extras.map(([name, value]) => [name, memberOf(name, value)])),
    },
    required: ['type', 'title', 'status', 'code'],
    additionalProperties: false,
  }
}

function fieldError(): Schema {
  return {
    type: 'object',
    properties: { pointer: { type: 'string', format: 'json-pointer' }, code: text, detail: text },
    required: ['pointer', 'code', 'detail'],
    additionalProperties: false,
  }
}

function memberOf(name: string, value: unknown): Schema {
  const schema = schemaOf(value)
  return NULLABLE.has(name) ? { ...schema, type: [schema.type, 'null'] } : schema
}

function schemaOf(value: unknown): Schema {
  if (Array.isArray(value)) return { type: 'array', items: schemaOf(value[0]) }
  if (typeof value === 'number') return { type: 'integer' }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([name, inner]) => [name, schemaOf(inner)])
    return { type: 'object', properties: Object.fromEntries(members) }
  }
  return { type: typeof value }
}
