import { admittedTo, type Admitted, type ExampleRequest, type Operation } from '#app/http/operation'
import { goodAnswers, isVersion, type ProblemAnswers, type Say } from '#app/openapi/answers'
import type { NamedSchemas, Schema } from '#app/openapi/json_schema'
import { problemCodes } from '#app/openapi/problem_codes'
import { requestParts, type RequestParts } from '#app/openapi/request_parts'

export interface Route {
  name: string
  method: string
  pattern: string
  /** Parameters of the path that the router takes by their form: uuids. Anything else is no address of the API. */
  matched: string[]
}

interface Context {
  schemas: NamedSchemas
  problems: ProblemAnswers
  say: Say
  /** Whether `fields`, and what it leaves of an answer, is told. */
  withFields: boolean
  /** Whether what this operation makes can be opened by another one. */
  hasAddress: boolean
}

/* Where nothing stands here, the document's own holds: a token, or a session. */
const SECURITY: Record<Admitted, { security?: object[] }> = {
  anybody: { security: [] },
  pending: { security: [{ session: [], csrf: [] }] },
  session: { security: [{ session: [], csrf: [] }] },
  caller: {},
  device: { security: [{ device: [] }] },
}

/** One operation of the document. */
export function operationEntry(operation: Operation, route: Route, context: Context): object {
  const { gate, answer } = operation
  const { name, method } = route
  const { say, schemas, problems, hasAddress } = context
  const parts = requestParts(operation, route)
  const isSparse = context.withFields && method === 'GET' && gate !== null && isNamed(answer)
  return {
    operationId: name,
    summary: say(`api.operations.${name}`),
    tags: [tagOf(operation)],
    ...SECURITY[admittedTo(operation)],
    parameters: [...ownParameters(operation, parts, isSparse, say), ...headerParameters(operation, parts, method, say)],
    ...(parts.body ? { requestBody: requestBody(operation, parts.body, parts.isVersioned, say) } : {}),
    responses: {
      ...goodAnswers(operation, { method, isSparse, hasAddress, schemas, say }),
      ...problems.referTo(problemCodes(operation, parts, method), operation.mirrors && mirroredBy(operation, context)),
    },
  }
}

function mirroredBy({ answer, mirrors = [] }: Operation, { schemas }: Context) {
  const schema = schemas.referTo('bare' in answer ? answer.bare : {})
  return { statuses: mirrors, content: { 'application/json': { schema } } }
}

/** The domain, which a gate's name begins with. */
export function tagOf({ gate }: Operation): string {
  return gate?.useCaseName.split('.')[0] ?? 'public'
}

function isNamed(answer: Operation['answer']): boolean {
  const shape = ('one' in answer ? answer.one : 'many' in answer ? answer.many : {}) as Schema
  return typeof shape.$id === 'string'
}

function ownParameters({ example }: Operation, { path, query }: RequestParts, isSparse: boolean, say: Say): object[] {
  const inPath = Object.entries(path).map(([name, schema]) => ({
    name,
    in: 'path',
    required: true,
    schema,
    ...shown(example.params?.[name]),
  }))
  const inQuery = Object.entries(query).map(([name, { schema, isRequired }]) => ({
    name,
    in: 'query',
    required: isRequired,
    schema,
    ...shown(asWritten(example.query?.[name], schema)),
  }))
  const fields = { name: 'fields', in: 'query', description: say('api.parameters.fields'), schema: { type: 'string' } }
  return [...inPath, ...inQuery, ...(isSparse && !query.fields ? [fields] : [])]
}

function headerParameters(operation: Operation, { isVersioned }: RequestParts, method: string, say: Say) {
  const { answer } = operation
  const header = (name: string, key: string, schema: Schema) => ({
    name,
    in: 'header',
    required: false,
    description: say(`api.parameters.${key}`),
    schema: { type: 'string', ...schema },
  })
  const headers = [header('Accept-Language', 'accept_language', {})]
  if (isVersioned) headers.push(header('If-Match', 'if_match', { pattern: '^(W/)?"\\d+"$' }))
  if (method === 'GET' && isVersion(answer)) headers.push(header('If-None-Match', 'if_none_match', {}))
  if (method === 'POST' && admittedTo(operation) === 'caller')
    headers.push(header('Idempotency-Key', 'idempotency_key', { pattern: '^[\\x21-\\x7e]{1,128}$' }))
  return headers
}

/** With a version in If-Match, the body need not say it again, and where it said nothing else there need be none. */
function requestBody({ example, problems = {} }: Operation, body: Schema, isVersioned: boolean, say: Say): object {
  const bodies: [string, ExampleRequest][] = [['example', example], ...Object.entries(problems)]
  const examples = bodies
    .filter(([, request]) => request.body !== undefined)
    .map(([name, { body: value }]) => [
      name,
      { summary: say(name === 'example' ? 'api.example' : `problems.${name}.title`), value },
    ])
  return {
    required: body.required!.length > 0,
    ...(isVersioned ? { description: say('api.version_in_body') } : {}),
    content: { 'application/json': { schema: body, examples: Object.fromEntries(examples) } },
  }
}

function shown(value: unknown) {
  return value === undefined ? {} : { example: value }
}

/** A query is text; the example of a number is the number. */
function asWritten(value: string | undefined, { type }: Schema): unknown {
  return value !== undefined && (type === 'integer' || type === 'number') ? Number(value) : value
}
