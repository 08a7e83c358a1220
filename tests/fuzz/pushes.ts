import fc, { type Arbitrary } from 'fast-check'
import type { ExampleRole } from '#app/http/operation'
import { LIMITS, PROTOCOL } from '#app/sync/protocol'
import type { Body } from '#tests/fuzz/bodies'
import { STANDS_FOR } from '#tests/fuzz/devices'
import { hostileText, hostileValue } from '#tests/fuzz/hostile_values'
import type { Members, Mutations } from '#tests/fuzz/mutations'
import { Written, written } from '#tests/fuzz/written_json'

const TOO_LARGE = 2_200_000

/** What devices send to be done and to learn what has changed: honestly most of the time. */
export class Pushes {
  constructor(private readonly mutations: Mutations) {}

  /** Of somebody of this role, who brings mostly what such people do. */
  of(owner: ExampleRole): Arbitrary<Body> {
    const honest = this.#honest(owner)
    const spoilt = fc
      .tuple(honest, fc.constantFrom(...MEMBERS), hostileValue)
      .map(([call, member, wrong]) => ({ ...call, [member]: wrong }))
    const missing = fc.tuple(honest, fc.constantFrom(...MEMBERS)).map(([call, member]) => {
      const { [member]: _, ...rest } = call
      return rest
    })
    return fc
      .oneof(
        { arbitrary: honest, weight: 30 },
        { arbitrary: fc.tuple(honest, this.#oddPosition()).map(([call, odd]) => ({ ...call, ...odd })), weight: 3 },
        { arbitrary: spoilt, weight: 2 },
        { arbitrary: missing, weight: 1 },
        { arbitrary: fc.tuple(honest, tooMuch).map(([call, odd]) => ({ ...call, ...odd })), weight: 1 }
      )
      .map((call) => ({ text: written(call), encoding: 'utf8' }))
  }

  #honest(owner: ExampleRole): Arbitrary<Members> {
    const several = fc.tuple(...[0, 2, 4].map((number) => this.mutations.from(number, owner)))
    const mutations = fc
      .tuple(fc.constantFrom(0, 1, 1, 2, 2, 3, 3, 3), several)
      .map(([wanted, groups]) => groups.slice(0, wanted).flat())
    const scopes = fc.constantFrom(
      {},
      {},
      { scopes_digest: STANDS_FOR.digest },
      { scopes: new Written(STANDS_FOR.scopes) }
    )
    const limit = fc.oneof(
      { arbitrary: fc.constant({}), weight: 3 },
      {
        arbitrary: fc.integer({ min: 1, max: LIMITS.changes }).map((most) => ({ limit: Math.ceil(most ** 0.5) })),
        weight: 1,
      }
    )
    const position = fc.oneof(
      {
        arbitrary: fc.constant({ epoch: new Written(STANDS_FOR.epoch), cursor: new Written(STANDS_FOR.cursor) }),
        weight: 4,
      },
      { arbitrary: fc.constant({ epoch: null, cursor: null }), weight: 1 }
    )
    return fc.tuple(mutations, position, limit, scopes).map(([sent, ...rest]) => ({
      protocol: PROTOCOL,
      device_id: STANDS_FOR.device,
      ...(Object.assign({}, ...rest) as Members),
      mutations: sent,
    }))
  }

  /** Of another database, of nobody, beyond the end, and of no cursor at all. */
  #oddPosition(): Arbitrary<Members> {
    const forged = (position: unknown) => Buffer.from(JSON.stringify(position)).toString('base64url')
    const epoch = new Written(STANDS_FOR.epoch)
    const seqs = fc.constantFrom(0, 1, -1, 1.5, 1e15, Number.MAX_SAFE_INTEGER, 1e21, '1', null)
    return fc.oneof(
      seqs.map((seq) => ({ cursor: new Written(STANDS_FOR.cursorAt(JSON.stringify(seq))) })),
      fc.uuid().map((other) => ({ epoch: other })),
      fc.tuple(fc.uuid(), seqs).map(([other, seq]) => ({ epoch, cursor: forged([other, seq]) })),
      fc.jsonValue({ maxDepth: 2 }).map((value) => ({ cursor: forged(value) })),
      hostileText.map((text) => ({ cursor: text.slice(0, 3_000) })),
      fc.uuid().map((other) => ({ device_id: other }))
    )
  }
}

const MEMBERS = [
  ...['protocol', 'device_id', 'epoch', 'cursor', 'limit', 'mutations', 'scopes_digest', 'scopes', 'unknown'],
]

/** Past the limits of one call. */
const tooMuch: Arbitrary<Members> = fc.constantFrom<Members[]>(
  { mutations: Array.from({ length: LIMITS.mutations + 1 }, () => null) },
  { mutations: Array.from({ length: LIMITS.mutations }, () => ({ mutation_id: 'x'.repeat(500) })) },
  { scopes: Array.from({ length: LIMITS.scopes + 1 }, () => STANDS_FOR.device) },
  { mutations: [{ data: { notes: 'x'.repeat(TOO_LARGE) } }] }
)
