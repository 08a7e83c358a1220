import fc, { type Arbitrary } from 'fast-check'
import { Addresses, type Address } from '#tests/fuzz/addresses'
import { Bodies, currentVersion, type Body } from '#tests/fuzz/bodies'
import type { ApiDocument, Operation } from '#tests/fuzz/document'
import { Fitting } from '#tests/fuzz/fitting'
import { hostileHeader } from '#tests/fuzz/hostile_requests'
import { Mutations } from '#tests/fuzz/mutations'
import { Pushes } from '#tests/fuzz/pushes'

/** By its name in the document: what devices send. */
export const PUSH = 'sync.store'
export const LOAD = 'sync.bootstrap'
const OWNERS = ['doctor', 'nurse', 'lab'] as const
/** How one proves who one is; `own` is what the operation asks for. */
const PROOFS = ['token', 'session', 'device'] as const

export const ROLES = ['admin', 'doctor', 'nurse', 'lab', 'reception', 'patient'] as const

type Role = (typeof ROLES)[number]

/** One request, before the records of a world take the places of those that the examples name. */
export interface Case extends Address {
  operation: string
  method: string
  /** Who sends it; null is nobody. */
  as: Role | null
  proof: 'own' | (typeof PROOFS)[number]
  headers: Record<string, string>
  body: Body | null
}

/** Requests of one operation: most fit the document, many nearly do, and some are sent by nobody in good faith. */
export class Cases {
  readonly #addresses: Addresses
  readonly #bodies: Bodies
  readonly #pushes: Pushes

  constructor(document: ApiDocument) {
    const fitting = new Fitting(document)
    this.#addresses = new Addresses(fitting)
    this.#bodies = new Bodies(document, fitting)
    this.#pushes = new Pushes(new Mutations(document, this.#bodies))
  }

  of(operation: Operation, usually: Role): Arbitrary<Case> {
    const { id, method } = operation
    const proof = fc.oneof(
      { arbitrary: fc.constant<'own'>('own'), weight: 39 },
      { arbitrary: fc.constantFrom(...PROOFS), weight: 1 }
    )
    const said = this.#said(operation, usually)
    const rest = { proof, headers: headersOf(operation), address: this.#addresses.of(operation) }
    return fc.record({ said, ...rest }).map(({ said: { as, body }, address, headers, ...others }) => ({
      operation: id,
      method,
      as,
      ...others,
      ...address,
      headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
      body,
    }))
  }

  /** Who says what: devices bring what their owners do. */
  #said(operation: Operation, usually: Role): Arbitrary<Pick<Case, 'as' | 'body'>> {
    const body = this.#bodies.of(operation)
    if (operation.id === LOAD) return fc.oneof(...OWNERS.map((owner) => fc.record({ as: mostly(owner), body })))
    if (operation.id !== PUSH) return fc.record({ as: mostly(usually), body })
    return fc.oneof(
      ...OWNERS.map((owner) => ({
        arbitrary: fc.record({ as: mostly(owner, 40), body: this.#pushes.of(owner) }),
        weight: owner === 'doctor' ? 7 : 3,
      })),
      { arbitrary: fc.record({ as: mostly('doctor'), body }), weight: 1 }
    )
  }
}

function mostly(usually: Role, often = 14): Arbitrary<Role | null> {
  return fc.oneof(
    { arbitrary: fc.constant(usually), weight: often },
    { arbitrary: fc.constantFrom(...ROLES), weight: 5 },
    { arbitrary: fc.constant(null), weight: 1 }
  )
}

function headersOf(operation: Operation): Arbitrary<Record<string, string>> {
  const has = (name: string) => operation.parameters.some((each) => each.in === 'header' && each.name === name)
  const version = currentVersion(operation.body?.examples[0])
  const none = fc.constant<Record<string, string>>({})
  const sometimes = (way: Arbitrary<Record<string, string>>, often = 1) =>
    fc.oneof({ arbitrary: none, weight: 3 }, { arbitrary: way, weight: often })
  const known: Arbitrary<Record<string, string>>[] = [
    sometimes(fc.constantFrom('fr', 'en', 'ar').map((language) => ({ 'accept-language': language }))),
  ]
  if (has('If-Match')) known.push(sometimes(fc.constant({ 'if-match': `"${version}"` }), 3))
  if (has('If-None-Match')) known.push(sometimes(fc.constant({ 'if-none-match': `"${version}"` })))
  if (has('Idempotency-Key'))
    known.push(sometimes(fc.constantFrom('one', 'two', 'three').map((key) => ({ 'idempotency-key': key }))))
  return fc
    .tuple(...known, fc.oneof({ arbitrary: none, weight: 9 }, { arbitrary: hostileHeader, weight: 1 }))
    .map((all) => Object.assign({}, ...all) as Record<string, string>)
}
