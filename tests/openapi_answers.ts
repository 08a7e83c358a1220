import router from '@adonisjs/core/services/router'
import type { ApiResponse } from '@japa/api-client'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { openapiDocument } from '#app/openapi/openapi_document'

/** An answer as anybody may have got it: by the tests' client, by the generated one, over a socket. */
export interface Seen {
  method: string
  /** Without the query. */
  path: string
  status: number
  contentType: string | null
  body: unknown
}

interface DocumentedAnswer {
  $ref?: string
  content?: Record<string, object>
}
type Paths = Record<string, Record<string, { responses: Record<string, DocumentedAnswer> }>>

/** Routes of the API that the document leaves out, by name, with the reason. */
const UNDOCUMENTED: Record<string, string> = {}

const ID = 'openapi.json'
const pointer = (...steps: string[]) =>
  steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** Compares answers with the document. A document of one's own can be given, to see a wrong one caught. */
export function answerChecker(document: object = openapiDocument('en')) {
  const { paths } = document as { paths: Paths }
  const ajv = new Ajv2020({ strict: false, validateSchema: false, allErrors: true })
  formats.default(ajv)
  ajv.addSchema(JSON.parse(JSON.stringify(document)) as object, ID)
  const validators = new Map<string, ValidateFunction>()

  function complaintsOfSchema(at: string, body: unknown): string[] {
    let validate = validators.get(at)
    if (!validate) validators.set(at, (validate = ajv.compile({ $ref: `${ID}#${encodeURI(at)}` })))
    if (validate(body)) return []
    return (validate.errors ?? []).map(({ instancePath, message, params }) =>
      [instancePath || '/', message, JSON.stringify(params)].join(' ')
    )
  }

  function unrouted({ status, body }: Seen): string[] {
    const { code } = body as { code?: string }
    if (!['404 route_not_found', '405 method_not_allowed', '400 malformed_request'].includes(`${status} ${code}`))
      return [`no route, and yet ${status} ${code}`]
    return complaintsOfSchema('/components/schemas/Problem', body)
  }

  /** What the document does not say of this answer; empty when it says it all. */
  return function complaints(seen: Seen): string[] {
    const { status, contentType, body } = seen
    const method = seen.method === 'HEAD' ? 'GET' : seen.method
    const route = router.match(seen.path, method, true)?.route
    if (!route) return seen.method === 'HEAD' ? [] : unrouted(seen)
    if (route.name && UNDOCUMENTED[route.name]) return []
    const path = route.pattern.replaceAll(/:(\w+)/g, '{$1}')
    const operation = paths[path]?.[method.toLowerCase()]
    if (!operation) return [`${method} ${path} is not in the document`]
    const found = operation.responses[status]
    if (!found) return [`${method} ${path} answers ${status}, which the document does not say`]
    const at = found.$ref?.slice(1) ?? pointer('paths', path, method.toLowerCase(), 'responses', String(status))
    const { content } = found.$ref ? (resolved(document, at) as DocumentedAnswer) : found
    if (!content) return body && Object.keys(body).length ? [`${method} ${path}: ${status} has no body`] : []
    const type = contentType?.split(';')[0] ?? ''
    if (!content[type]) return [`${method} ${path}: ${status} as ${type}, which the document does not say`]
    if (seen.method === 'HEAD') return []
    return complaintsOfSchema(`${at}${pointer('content', type, 'schema')}`, body).map(
      (complaint) => `${method} ${path} ${status}: ${complaint}`
    )
  }
}

function resolved(document: object, at: string): unknown {
  return at
    .slice(1)
    .split('/')
    .reduce<unknown>((node, step) => (node as Record<string, unknown>)[step], document)
}

let checker: ReturnType<typeof answerChecker> | undefined

/** After every request of the tests' client: an answer that the document does not know fails the test. */
export function expectDocumented(response: ApiResponse) {
  const { method, endpoint } = response.request.config
  const path = endpoint.split('?')[0]!
  if (!path.startsWith('/api/')) return
  checker ??= answerChecker()
  const contentType = response.header('content-type') ?? null
  const seen = { method: method.toUpperCase(), path, status: response.status(), contentType }
  const bodies = contentType?.startsWith('application/x-ndjson') ? linesOf(response.text()) : [response.body()]
  const complaints = bodies.flatMap((body) => checker!({ ...seen, body }))
  if (complaints.length)
    throw new Error(`The document does not say this:\n${complaints.join('\n')}\n${response.text()}`)
}

function linesOf(text = ''): unknown[] {
  return text.split('\n').flatMap((line) => (line ? [JSON.parse(line) as unknown] : []))
}
