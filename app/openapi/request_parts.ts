import type { Operation } from '#app/http/operation'
import { completed, type Schema } from '#app/openapi/json_schema'

export interface RequestParts {
  /** By the parameter's name in the path. */
  path: Record<string, Schema>
  query: Record<string, { schema: Schema; isRequired: boolean }>
  body: Schema | null
  /** The caller says which version it has seen, in If-Match or in the body. */
  isVersioned: boolean
}

/** Takes the schema of a validator apart: what the path names, what the query, and the rest, which is the body. */
export function requestParts({ gate, params }: Operation, method: string, pattern: string): RequestParts {
  const input = (gate ? completed(gate.input.toJSONSchema() as Schema) : {}) as Schema
  const left = { ...input.properties }
  const required = new Set(input.required)
  const path: Record<string, Schema> = {}
  for (const name of namesIn(pattern)) {
    const property = params?.[name] ?? (Object.hasOwn(left, name) ? name : `${name}_id`)
    if (!left[property]) throw new Error(`${pattern}: no validator of ${gate?.useCaseName} knows ${property}`)
    path[name] = left[property]
    delete left[property]
  }
  if (method === 'GET') {
    const query = Object.entries(left).map(([name, schema]) => [name, { schema, isRequired: required.has(name) }])
    return { path, query: Object.fromEntries(query), body: null, isVersioned: false }
  }
  const isVersioned = left.version !== undefined && required.delete('version')
  const names = Object.keys(left)
  const body = {
    type: 'object',
    properties: left,
    required: names.filter((name) => required.has(name)),
    additionalProperties: false,
  }
  return { path, query: {}, body: names.length ? body : null, isVersioned }
}

function namesIn(pattern: string): string[] {
  return [...pattern.matchAll(/:(\w+)/g)].map(([, name]) => name!)
}
