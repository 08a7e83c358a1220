import fc, { type Arbitrary } from 'fast-check'
import type { ApiDocument, Node, Operation, Parameter } from '#tests/fuzz/document'
import { Fitting } from '#tests/fuzz/fitting'
import { hostileBody, hostileHeader, hostileQuery, hostileSegment, hostileText, hostileValue } from '#tests/fuzz/hostile'
import { isObject, Written, written } from '#tests/fuzz/written_json'

/** Stands for the version that the record of the path has when the request goes out. */
export const CURRENT_VERSION = '{{version}}'
/** Stands for a record that the API made before, of the collection in which it stands. */
export const MADE_BEFORE = '{{made}}'

export const ROLES = ['admin', 'doctor', 'nurse', 'lab', 'reception', 'patient'] as const

/** One request, before the records of a world take the places of those that the examples name. */
export interface Case {
  operation: string
  method: string
  /** Who sends it; null is nobody. */
  as: (typeof ROLES)[number] | null
  /** As it goes over the line, the query included. */
  address: string
  /** Whether the address may lead to another operation, or to none. */
  isAstray: boolean
  headers: Record<string, string>
  body: { text: string; encoding: 'utf8' | 'latin1' } | null
}

type Ways<T> = { arbitrary: Arbitrary<T>; weight: number }[]

/** Requests of one operation: most fit the document, many nearly do, and some are sent by nobody in good faith. */
export class Cases {
  readonly #fitting: Fitting

  constructor(private readonly document: ApiDocument) {
    this.#fitting = new Fitting(document)
  }

  of(operation: Operation, usually: (typeof ROLES)[number]): Arbitrary<Case> {
    const { id, method } = operation
    const as = fc.oneof(
      { arbitrary: fc.constant(usually), weight: 14 },
      { arbitrary: fc.constantFrom(...ROLES), weight: 5 },
      { arbitrary: fc.constant(null), weight: 1 }
    )
    const parts = fc.record({ as, headers: this.#headers(operation), body: this.#body(operation) })
    const whole = fc.record({ parts, address: this.#address(operation) })
    return whole.map(({ parts: { headers, body, ...rest }, address }) => ({
      operation: id,
      method,
      ...rest,
      ...address,
      headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
      body,
    }))
  }

  #address(operation: Operation): Arbitrary<Pick<Case, 'address' | 'isAstray'>> {
    const inPath = operation.parameters.filter((each) => each.in === 'path')
    const segments = fc.record(Object.fromEntries(inPath.map((each) => [each.name, this.#segment(each)])))
    return fc.record({ segments, query: this.#query(operation) }).map(({ segments: filled, query }) => ({
      address: operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => filled[name]!.text) + query,
      isAstray: Object.values(filled).some(({ isHostile }) => isHostile),
    }))
  }

  #segment({ schema, example }: Parameter): Arbitrary<{ text: string; isHostile: boolean }> {
    const ways: Ways<{ text: string; isHostile: boolean }> = [
      { arbitrary: this.#fitting.of(schema).map((value) => ({ text: `${value}`, isHostile: false })), weight: 2 },
      { arbitrary: fc.constant({ text: MADE_BEFORE, isHostile: false }), weight: 5 },
      { arbitrary: hostileSegment.map((text) => ({ text, isHostile: true })), weight: 1 },
    ]
    if (example !== undefined)
      ways.unshift({ arbitrary: fc.constant({ text: `${example}`, isHostile: false }), weight: 12 })
    return fc.oneof(...ways)
  }

  #query(operation: Operation): Arbitrary<string> {
    const known = operation.parameters.filter((each) => each.in === 'query')
    const values = known.map((each) => [each.name, this.#queryValue(each)] as const)
    const requiredKeys = known.filter((each) => each.required).map((each) => each.name)
    const fits = fc
      .record(Object.fromEntries(values), { requiredKeys, noNullPrototype: true })
      .chain((record) => fc.subarray(Object.entries(record), { minLength: 0 }))
      .map((pairs) => pairs.map(([name, value]) => `${name}=${encodeURIComponent(`${value}`.toWellFormed())}`).join('&'))
    const hostile = fc.constantFrom('x', ...known.map((each) => each.name)).chain(hostileQuery)
    return fc
      .oneof(
        { arbitrary: fc.constant(''), weight: 3 },
        { arbitrary: known.length ? fits : fc.constant(''), weight: 6 },
        { arbitrary: fc.tuple(fits, hostile).map((both) => both.filter(Boolean).join('&')), weight: 1 },
        { arbitrary: hostile, weight: 1 }
      )
      .map((query) => query && `?${query}`)
  }

  #queryValue({ schema, example }: Parameter): Arbitrary<unknown> {
    const ways: Ways<unknown> = [
      { arbitrary: this.#fitting.of(schema), weight: 8 },
      { arbitrary: hostileText.map((text) => text.slice(0, 2_000)), weight: 1 },
    ]
    if (example !== undefined) ways.push({ arbitrary: fc.constant(example), weight: 4 })
    return fc.oneof(...ways)
  }

  #headers(operation: Operation): Arbitrary<Record<string, string>> {
    const has = (name: string) => operation.parameters.some((each) => each.in === 'header' && each.name === name)
    const none = fc.constant<Record<string, string>>({})
    const sometimes = (way: Arbitrary<Record<string, string>>, often = 1) =>
      fc.oneof({ arbitrary: none, weight: 3 }, { arbitrary: way, weight: often })
    const known: Arbitrary<Record<string, string>>[] = [
      sometimes(fc.constantFrom('fr', 'en', 'ar').map((language) => ({ 'accept-language': language }))),
    ]
    if (has('If-Match')) known.push(sometimes(fc.constant({ 'if-match': `"${CURRENT_VERSION}"` }), 3))
    if (has('If-None-Match')) known.push(sometimes(fc.constant({ 'if-none-match': `"${CURRENT_VERSION}"` })))
    if (has('Idempotency-Key'))
      known.push(sometimes(fc.constantFrom('one', 'two', 'three').map((key) => ({ 'idempotency-key': key }))))
    return fc
      .tuple(...known, fc.oneof({ arbitrary: none, weight: 9 }, { arbitrary: hostileHeader, weight: 1 }))
      .map((all) => Object.assign({}, ...all) as Record<string, string>)
  }

  #body({ body, method }: Operation): Arbitrary<Case['body']> {
    const nothing = fc.constant(null)
    if (!body)
      return fc.oneof(
        { arbitrary: method === 'GET' ? nothing : fc.constantFrom(null, textBody({})), weight: 19 },
        { arbitrary: hostileBody, weight: 1 }
      )
    const schema = this.document.follow(body.schema)
    const fits = this.#fittingBody(schema, body.examples)
    const ways: Ways<Case['body']> = [
      { arbitrary: fits.map(textBody), weight: 12 },
      { arbitrary: this.#nearly(fits, schema).map(textBody), weight: 6 },
      { arbitrary: hostileBody, weight: 1 },
      { arbitrary: fc.tuple(fits, hostileValue).map(([value, odd]) => textBody(twice(value, odd))), weight: 1 },
    ]
    if (!schema.required?.length) ways.push({ arbitrary: nothing, weight: 2 })
    return fc.oneof(...ways)
  }

  /** An example, with some of its members left out or given other values; now and then all of them are made up. */
  #fittingBody(schema: Node, examples: unknown[]): Arbitrary<unknown> {
    const made = this.#fitting.of(schema)
    const isVersioned = Object.hasOwn(schema.properties ?? {}, 'version')
    const current = isVersioned ? { version: new Written(CURRENT_VERSION) } : {}
    if (!examples.length) return made
    const required: string[] = schema.required ?? []
    const varied = fc
      .tuple(fc.constantFrom(...examples), fc.infiniteStream(fc.integer({ min: 0, max: 9 })), made)
      .map(([example, chances, other]) => {
        if (!isObject(example)) return example
        const kept = Object.entries(example).filter(([name]) => required.includes(name) || chances.next().value < 7)
        const changed = Object.entries(other as object).filter(() => chances.next().value < 2)
        return { ...Object.fromEntries(kept), ...Object.fromEntries(changed), ...current }
      })
    return fc.oneof(
      { arbitrary: fc.constantFrom(...examples).map((example) => ({ ...(example as object), ...current })), weight: 4 },
      { arbitrary: varied, weight: 5 },
      { arbitrary: made.map((value) => ({ ...(value as object), ...current })), weight: 2 }
    )
  }

  /** One member is missing, of too many, or not what the document says. */
  #nearly(fits: Arbitrary<unknown>, schema: Node): Arbitrary<unknown> {
    const names = Object.keys(schema.properties ?? {})
    const odd = fc.oneof(
      { arbitrary: fc.constantFrom(...beyond(schema)), weight: 2 },
      { arbitrary: fc.tuple(fc.constantFrom('unknown', ...names), hostileValue), weight: 6 }
    )
    const spoilt = fc.tuple(fits, odd).map(([value, [name, wrong]]) => ({ ...(value as object), [name]: wrong }))
    const missing = fc.tuple(fits, fc.constantFrom('unknown', ...names)).map(([value, name]) => {
      const { [name]: left, ...rest } = value as Record<string, unknown>
      return rest
    })
    const stranger = fc
      .tuple(fits, hostileText, hostileValue)
      .map(([value, name, wrong]) => ({ ...(value as object), [name]: wrong }))
    return fc.oneof({ arbitrary: spoilt, weight: 5 }, { arbitrary: missing, weight: 2 }, { arbitrary: stranger, weight: 1 })
  }
}

/** Each member just past its bounds. */
function beyond({ properties = {} }: Node): [string, unknown][] {
  const members = Object.entries<Node>(properties)
  const past = members.flatMap(([name, { minimum, maximum, maxLength }]): [string, unknown][] => [
    ...(minimum === undefined ? [] : [[name, minimum - 1] as [string, unknown]]),
    ...(maximum === undefined ? [] : [[name, maximum + 1] as [string, unknown]]),
    ...(maxLength === undefined ? [] : [[name, 'é'.repeat(maxLength + 1)] as [string, unknown]]),
    [name, null],
  ])
  return past.length ? past : [['unknown', null]]
}

function textBody(value: unknown): NonNullable<Case['body']> {
  return { text: written(value), encoding: 'utf8' }
}

/** The same object with its first member said a second time. */
function twice(value: unknown, odd: unknown): unknown {
  const [name] = isObject(value) ? Object.keys(value) : []
  if (name === undefined) return value
  return new Written(`{${JSON.stringify(name)}:${written(odd)},${written(value).slice(1)}`)
}
