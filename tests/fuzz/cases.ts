import fc, { type Arbitrary } from 'fast-check'
import { Addresses, type Address } from '#tests/fuzz/addresses'
import { Bodies, CURRENT_VERSION, type Body } from '#tests/fuzz/bodies'
import type { ApiDocument, Operation } from '#tests/fuzz/document'
import { Fitting } from '#tests/fuzz/fitting'
import { hostileHeader } from '#tests/fuzz/hostile_requests'

export const ROLES = ['admin', 'doctor', 'nurse', 'lab', 'reception', 'patient'] as const

/** One request, before the records of a world take the places of those that the examples name. */
export interface Case extends Address {
  operation: string
  method: string
  /** Who sends it; null is nobody. */
  as: (typeof ROLES)[number] | null
  headers: Record<string, string>
  body: Body | null
}

/** Requests of one operation: most fit the document, many nearly do, and some are sent by nobody in good faith. */
export class Cases {
  readonly #addresses: Addresses
  readonly #bodies: Bodies

  constructor(document: ApiDocument) {
    const fitting = new Fitting(document)
    this.#addresses = new Addresses(fitting)
    this.#bodies = new Bodies(document, fitting)
  }

  of(operation: Operation, usually: (typeof ROLES)[number]): Arbitrary<Case> {
    const { id, method } = operation
    const as = fc.oneof(
      { arbitrary: fc.constant(usually), weight: 14 },
      { arbitrary: fc.constantFrom(...ROLES), weight: 5 },
      { arbitrary: fc.constant(null), weight: 1 }
    )
    const parts = fc.record({ as, headers: headersOf(operation), body: this.#bodies.of(operation) })
    const whole = fc.record({ parts, address: this.#addresses.of(operation) })
    return whole.map(({ parts: { headers, body, ...rest }, address }) => ({
      operation: id,
      method,
      ...rest,
      ...address,
      headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
      body,
    }))
  }
}

function headersOf(operation: Operation): Arbitrary<Record<string, string>> {
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
