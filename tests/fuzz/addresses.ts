import fc, { type Arbitrary } from 'fast-check'
import type { Operation, Parameter } from '#tests/fuzz/document'
import type { Fitting } from '#tests/fuzz/fitting'
import { hostileQuery, hostileSegment } from '#tests/fuzz/hostile_requests'
import { hostileText } from '#tests/fuzz/hostile_values'

/** Stands for a record that the API made before, of the collection in which it stands; else for the given one. */
const madeBefore = (otherwise: string) => `{{made:${otherwise}}}`
/** Stands for where the next page of the list begins, or for that position with another value in it. */
const nextCursor = (forged = '') => `{{cursor:${encodeURIComponent(forged.toWellFormed())}}}`

type Ways<T> = { arbitrary: Arbitrary<T>; weight: number }[]

/** Where a request goes, the query included. */
export interface Address {
  /** As it goes over the line. */
  address: string
  /** Whether it may lead to another operation, or to none. */
  isAstray: boolean
}

/** Addresses of one operation. */
export class Addresses {
  constructor(private readonly fitting: Fitting) {}

  of(operation: Operation): Arbitrary<Address> {
    const inPath = operation.parameters.filter((each) => each.in === 'path')
    const segments = fc.record(Object.fromEntries(inPath.map((each) => [each.name, this.#segment(each)])))
    return fc.record({ segments, query: this.#query(operation) }).map(({ segments: filled, query }) => ({
      address: operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => filled[name]!.text) + query,
      isAstray: Object.values(filled).some(({ isHostile }) => isHostile),
    }))
  }

  #segment({ schema, example }: Parameter): Arbitrary<{ text: string; isHostile: boolean }> {
    const ways: Ways<{ text: string; isHostile: boolean }> = [
      { arbitrary: this.fitting.of(schema).map((value) => ({ text: `${value}`, isHostile: false })), weight: 1 },
      { arbitrary: hostileSegment.map((text) => ({ text, isHostile: true })), weight: 1 },
    ]
    const known = (text: string) => fc.constant({ text, isHostile: false })
    if (example !== undefined)
      ways.unshift(
        { arbitrary: known(`${example}`), weight: 12 },
        { arbitrary: known(madeBefore(`${example}`)), weight: 6 }
      )
    return fc.oneof(...ways)
  }

  #query(operation: Operation): Arbitrary<string> {
    const known = operation.parameters.filter((each) => each.in === 'query')
    const values = known.map((each) => [each.name, this.#queryValue(each)] as const)
    const requiredKeys = known.filter((each) => each.required).map((each) => each.name)
    const fits = fc
      .record(Object.fromEntries(values), { requiredKeys, noNullPrototype: true })
      .chain((record) => fc.subarray(Object.entries(record), { minLength: 0 }))
      .map((pairs) => pairs.map(([name, value]) => `${name}=${inQuery(value)}`).join('&'))
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

  #queryValue({ name, schema, example }: Parameter): Arbitrary<unknown> {
    const odd = hostileText.map((text) => text.slice(0, 500))
    const ways: Ways<unknown> = [
      { arbitrary: name === 'cursor' ? fc.constant(nextCursor()) : this.fitting.of(schema), weight: 15 },
      { arbitrary: odd, weight: 1 },
    ]
    if (name === 'cursor') ways.push({ arbitrary: odd.map(nextCursor), weight: 5 })
    if (example !== undefined) ways.push({ arbitrary: fc.constant(example), weight: 5 })
    return fc.oneof(...ways)
  }
}

/** What stands for something is filled in when the request goes out, and is written as it is. */
function inQuery(value: unknown): string {
  const text = `${value}`
  return text.startsWith('{{cursor:') ? text : encodeURIComponent(text.toWellFormed())
}
