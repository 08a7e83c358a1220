import type { Operation } from '#app/http/operation'
import type { Route } from '#app/openapi/operation_entry'
import { completed, type Schema } from '#app/openapi/json_schema'

export interface RequestParts {
  /** By the parameter's name in the path. */
  path: Record<string, Schema>
  /** Whether an address with something else in a parameter's place is none of the API's. */
  isMatched: boolean
  query: Record<string, { schema: Schema; isRequired: boolean }>
  body: Schema | null
  /** The caller says which version it has seen, in If-Match or in the body. */
  isVersioned: boolean
}

type Addressed = Pick<Route, 'method' | 'pattern' | 'matched'>

/** Takes the schema of a validator apart: what the path names, what the query, and the rest, which is the body. */
export function requestParts({ gate, params }: Operation, { method, pattern, matched }: Addressed): RequestParts {
  const input = (gate ? completed(gate.input.toJSONSchema() as Schema) : {}) as Schema
  const left = { ...input.properties }
  const required = new Set(input.required)
  const path: Record<string, Schema> = {}
  const isMatched = matched.length > 0
  for (const name of namesIn(pattern)) {
    const property = params?.[name] ?? (Object.hasOwn(left, name) ? name : `${name}_id`)
    if (!left[property]) throw new Error(`${pattern}: no validator of ${gate?.useCaseName} knows ${property}`)
    path[name] = matched.includes(name) ? { type: 'string', format: 'uuid' } : left[property]
    delete left[property]
  }
  if (method === 'GET') {
    const query = Object.entries(left).map(([name, schema]) => [name, { schema, isRequired: required.has(name) }])
    return { path, isMatched, query: Object.fromEntries(query), body: null, isVersioned: false }
  }
  const isVersioned = left.version !== undefined && required.delete('version')
  const names = Object.keys(left)
  const body = {
    type: 'object',
    properties: left,
    required: names.filter((name) => required.has(name)),
    additionalProperties: false,
  }
  return { path, isMatched, query: {}, body: names.length ? body : null, isVersioned }
}

function namesIn(pattern: string): string[] {
  return [...pattern.matchAll(/:(\w+)/g)].map(([, name]) => name!)
}
