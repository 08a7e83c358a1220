import { answerChecker, type Seen } from '#tests/openapi_answers'
import type { Case } from '#tests/fuzz/cases'
import type { ApiDocument, Node, Operation } from '#tests/fuzz/document'
import type { Answer, Request } from '#tests/fuzz/sending'
import { loadFaults, pushFaults } from '#tests/fuzz/sync_faults'
import type { SyncAnswer } from '#app/sync/protocol'
import { PUSH } from '#tests/fuzz/cases'

const TRACE = /\n\s+at .+:\d+:\d+|node_modules|\/app\/\w+\/\w+\.[jt]s/
const ANYBODY = '01980a3e-5f00-7000-8000-0000000000ff'

/** What is wrong with an answer; nothing, when it is what the document says. */
export class Judge {
  readonly #complaints: (seen: Seen) => string[]
  readonly #operations: Map<string, Operation>

  constructor(private readonly document: ApiDocument) {
    this.#complaints = answerChecker(document.source)
    this.#operations = new Map(document.operations.map((each) => [each.id, each]))
  }

  faultsOf(one: Case, request: Request, answer: Answer): string[] {
    const { status, text } = answer
    if (status >= 500) return [`${status}: ${text.slice(0, 300)}`]
    if (TRACE.test(text)) return [`the answer shows how the server is made: ${text.slice(0, 300)}`]
    if (one.method === 'HEAD') return text ? ['an answer to HEAD has a body'] : []
    const type = String(answer.headers['content-type'] ?? '')
    // Pages are not the API's; only their refusals look like its own.
    if (status < 400 && !one.address.startsWith('/api/')) return []
    const isOfLines = type.startsWith('application/x-ndjson')
    const body = isOfLines ? linesIn(text) : parsed(text)
    if (text && body === undefined) return [`${status} ${type}: the body is no JSON: ${text.slice(0, 200)}`]
    const seen = { method: one.method, status, contentType: type || null }
    const undocumented = (isOfLines ? (body as unknown[]) : [body ?? {}]).flatMap((each) =>
      this.#undocumented(one, { ...seen, body: each })
    )
    const unpromised = [...undocumented, ...this.#headersMissing(one, answer)]
    if (unpromised.length) return unpromised
    if (isOfLines) return loadFaults(body as unknown[])
    // A call that brings one write has that one's status, and yet the body of an answer.
    if (one.operation === PUSH && type.startsWith('application/json'))
      return pushFaults(request, status, body as SyncAnswer)
    return status >= 400 ? problemFaults(answer, body, request) : []
  }

  /** An address gone astray may have met any operation of its method, or none. */
  #undocumented(one: Case, seen: Omit<Seen, 'path'>): string[] {
    const said = (path: string) => this.#complaints({ ...seen, path: path.replaceAll(/\{\w+\}/g, ANYBODY) })
    const own = this.#operations.get(one.operation)
    const first = said(own?.path ?? '/api/v1/nowhere/nowhere')
    if (!first.length || !one.isAstray) return first
    const others = this.document.operations.filter(({ method }) => method === one.method).map(({ path }) => path)
    return ['/api/v1/nowhere/nowhere', ...others].some((path) => !said(path).length) ? [] : first
  }

  #headersMissing(one: Case, { status, headers }: Answer): string[] {
    if (one.isAstray) return []
    const promised = Object.entries<Node>(this.#operations.get(one.operation)?.responses[status]?.headers ?? {})
    return promised
      .filter(([name, { required }]) => required && headers[name.toLowerCase()] === undefined)
      .map(([name]) => `${status} has no ${name}, which the document promises`)
  }
}

function problemFaults({ status, headers }: Answer, body: unknown, request: Request): string[] {
  const problem = (body ?? {}) as Record<string, unknown>
  const type = String(headers['content-type'] ?? '(none)')
  const faults: string[] = []
  if (!type.startsWith('application/problem+json')) faults.push(`${status} is told as ${type}`)
  if (problem.status !== status) faults.push(`${status} says that it is ${problem.status}`)
  if (problem.type !== `/problems/${problem.code}`) faults.push(`${problem.code} leads to ${problem.type}`)
  if (problem.request_id !== request.headers['x-request-id']) faults.push(`${status} names another request`)
  if (!['fr', 'en'].includes(String(headers['content-language']))) faults.push(`${status} does not say its language`)
  return faults
}

/** Undefined where one of them is no JSON. An answer that was cut has no end, but whole lines. */
export function linesIn(text: string): unknown[] | undefined {
  const lines = text.split('\n').map((line) => (line ? parsed(line) : null))
  return lines.pop() === null && lines.every(Boolean) ? lines : undefined
}

function parsed(text: string): unknown {
  try {
    return text ? JSON.parse(text) : null
  } catch {
    return undefined
  }
}
