import fc, { type Arbitrary } from 'fast-check'
import type { ApiDocument, Node, Operation } from '#tests/fuzz/document'
import type { Fitting } from '#tests/fuzz/fitting'
import { hostileBody } from '#tests/fuzz/hostile_requests'
import { hostileText, hostileValue } from '#tests/fuzz/hostile_values'
import { isObject, Written, written } from '#tests/fuzz/written_json'

/** Stands for the version that the record of the path has when the request goes out; before that is known, the example's. */
export const currentVersion = (example: unknown) => `{{version|${versionIn(example)}}}`

export function versionIn(example: unknown): number {
  return isObject(example) && Number.isInteger(example.version) ? (example.version as number) : 1
}

type Ways<T> = { arbitrary: Arbitrary<T>; weight: number }[]

export type Body = { text: string; encoding: 'utf8' | 'latin1' }

/** Bodies of one operation: most fit the document, many nearly do, some are sent by nobody in good faith. */
export class Bodies {
  constructor(
    private readonly document: ApiDocument,
    private readonly made: Fitting
  ) {}

  of({ body, method }: Operation): Arbitrary<Body | null> {
    const nothing = fc.constant(null)
    if (!body)
      return fc.oneof(
        { arbitrary: method === 'GET' ? nothing : fc.constantFrom(null, textBody({})), weight: 19 },
        { arbitrary: hostileBody, weight: 1 }
      )
    const schema = this.document.follow(body.schema)
    const fits = this.fitting(schema, body.examples)
    const ways: Ways<Body | null> = [
      { arbitrary: fits.map(textBody), weight: 12 },
      { arbitrary: this.#nearly(fits, schema).map(textBody), weight: 6 },
      { arbitrary: hostileBody, weight: 1 },
      { arbitrary: fc.tuple(fits, hostileValue).map(([value, odd]) => textBody(twice(value, odd))), weight: 1 },
    ]
    if (!schema.required?.length) ways.push({ arbitrary: nothing, weight: 2 })
    return fc.oneof(...ways)
  }

  /** An example, with some of its members left out or given other values; now and then all of them are made up. */
  fitting(schema: Node, examples: unknown[]): Arbitrary<unknown> {
    const made = this.made.of(schema)
    const isVersioned = Object.hasOwn(schema.properties ?? {}, 'version')
    const current = isVersioned ? { version: new Written(currentVersion(examples[0])) } : {}
    if (!examples.length) return made
    const required: string[] = schema.required ?? []
    const varied = fc
      .tuple(fc.constantFrom(...examples), fc.uint8Array({ minLength: 64, maxLength: 64 }), made)
      .map(([example, chances, other]) => {
        if (!isObject(example)) return example
        const kept = Object.entries(example).filter(([name], n) => required.includes(name) || chances[n % 32]! < 180)
        const changed = Object.entries(other as object).filter((_, n) => chances[32 + (n % 32)]! > 200)
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
    return fc.oneof(
      { arbitrary: spoilt, weight: 5 },
      { arbitrary: missing, weight: 2 },
      { arbitrary: stranger, weight: 1 }
    )
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

function textBody(value: unknown): Body {
  return { text: written(value), encoding: 'utf8' }
}

/** The same object with its first member said a second time. */
function twice(value: unknown, odd: unknown): unknown {
  const [name] = isObject(value) ? Object.keys(value) : []
  if (name === undefined) return value
  return new Written(`{${JSON.stringify(name)}:${written(odd)},${written(value).slice(1)}`)
}
