import type { Operation } from '#app/http/operation'
import { type NamedSchemas, type Schema } from '#app/openapi/json_schema'

export type Say = (key: string) => string

const header = (description: string, schema: Schema) => ({ description, required: true, schema })

interface Asked {
  method: string
  isSparse: boolean
  /** Whether what is made has an address of its own. */
  hasAddress: boolean
  schemas: NamedSchemas
  say: Say
}

/** The answer that an operation gives when all went well. */
export function goodAnswers(
  { gate, answer }: Operation,
  { method, isSparse, hasAddress, schemas, say }: Asked
): Record<string, object> {
  const status = gate?.status ?? 200
  const answers: Record<string, object> = {
    [status]: {
      description: say(status === 201 ? 'api.answers.created' : 'api.answers.done'),
      headers: goodHeaders(answer, hasAddress && status === 201, say),
      content: { [typeOf(answer)]: { schema: envelope(answer, isSparse, schemas) } },
    },
  }
  if (method === 'GET' && isVersion(answer)) answers[304] = { description: say('api.answers.known') }
  return answers
}

/** Whether one record is answered that has a version, by which an answer can be known. */
export function isVersion(answer: Operation['answer']): boolean {
  return memberOf(answer, 'version')?.type === 'integer'
}

function memberOf(answer: Operation['answer'], name: string): Schema | undefined {
  return 'one' in answer ? (answer.one as Schema).properties?.[name] : undefined
}

function goodHeaders(answer: Operation['answer'], isNewAddress: boolean, say: Say) {
  const text: Schema = { type: 'string' }
  return {
    'Content-Language': header(say('api.headers.content_language'), { type: 'string', enum: ['fr', 'en'] }),
    ...(isVersion(answer) ? { ETag: header(say('api.headers.etag'), text) } : {}),
    ...(memberOf(answer, 'updated_at') ? { 'Last-Modified': header(say('api.headers.last_modified'), text) } : {}),
    ...(isNewAddress
      ? { Location: header(say('api.headers.location'), { type: 'string', format: 'uri-reference' }) }
      : {}),
  }
}

/** A schema of lines is that of each. */
function typeOf(answer: Operation['answer']) {
  return 'lines' in answer ? 'application/x-ndjson' : 'application/json'
}

function envelope(answer: Operation['answer'], isSparse: boolean, schemas: NamedSchemas): Schema {
  if ('bare' in answer) return schemas.referTo(answer.bare)
  if ('lines' in answer) return schemas.referTo(answer.lines)
  const shape = 'one' in answer ? answer.one : answer.many
  const item = isSparse ? schemas.sparse(shape) : schemas.referTo(shape)
  return 'one' in answer
    ? wrapped({ data: item })
    : wrapped({ data: { type: 'array', items: item }, meta: { $ref: '#/components/schemas/PageMeta' } })
}

function wrapped(properties: Record<string, Schema>): Schema {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false }
}

export const PAGE_META: Schema = {
  type: 'object',
  properties: { next_cursor: { type: ['string', 'null'] }, count: { type: 'integer', minimum: 0 } },
  required: ['next_cursor'],
  additionalProperties: false,
}

/** An operation's own answer, and the statuses of refusals with which it may come. */
interface Mirrored {
  statuses: readonly number[]
  content: Record<string, object>
}

/** Answers that refuse, one for a status, each code with its example. Kept by name, since most operations share them. */
export class ProblemAnswers {
  readonly found: Record<string, object> = {}
  readonly #say: Say

  constructor(say: Say) {
    this.#say = say
  }

  /** `mirrored` is the operation's own answer, where it may come with the status of a refusal too. */
  referTo(byStatus: Map<number, string[]>, mirrored?: Mirrored): Record<string, object> {
    const own = (status: number) => (mirrored?.statuses.includes(status) ? mirrored.content : {})
    const refusals = [...byStatus].map(([status, codes]) => [status, this.#answer(status, codes, own(status))])
    const alone = mirrored?.statuses.filter((status) => !byStatus.has(status)) ?? []
    const description = this.#say('api.answers.mirrored')
    const answers = alone.map((status) => [
      status,
      { description, headers: this.#headers(status), content: own(status) },
    ])
    return Object.fromEntries([...refusals, ...answers]) as Record<string, object>
  }

  #answer(status: number, codes: string[], own: object): object {
    const name = [status, ...codes, ...Object.keys(own).map(() => 'mirrored')].join('.')
    const refers = codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])
    const narrowed = { type: 'object', properties: { code: { type: 'string', enum: codes } } }
    this.found[name] ??= {
      description: codes.map((code) => this.#say(`problems.${code}.title`)).join(' · '),
      headers: this.#headers(status),
      content: {
        'application/problem+json': {
          schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, narrowed] },
          examples: Object.fromEntries(refers),
        },
        ...own,
      },
    }
    return { $ref: `#/components/responses/${name}` }
  }

  #headers(status: number) {
    const text: Schema = { type: 'string' }
    if (status === 401) return { 'WWW-Authenticate': header(this.#say('api.headers.www_authenticate'), text) }
    if (status === 429 || status === 503)
      return { 'Retry-After': header(this.#say('api.headers.retry_after'), { type: 'integer' }) }
    return {}
  }
}
