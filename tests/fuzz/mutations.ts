import fc, { type Arbitrary } from 'fast-check'
import type { ExampleRole } from '#app/http/operation'
import { GATES } from '#app/sync/mutation_gates'
import { MUTATIONS, type Entity, type MutationName } from '#app/sync/protocol'
import { versionIn, type Bodies } from '#tests/fuzz/bodies'
import { STANDS_FOR } from '#tests/fuzz/devices'
import type { ApiDocument, Operation } from '#tests/fuzz/document'
import { hostileValue } from '#tests/fuzz/hostile_values'
import { Written } from '#tests/fuzz/written_json'
import { OPERATIONS } from '#start/operations'

export type Members = Record<string, unknown>

/** Of the records that a mutation's input names: which kind it is, and the document's example of it. */
interface Named {
  member: string
  entity: Entity
  example: string
}

/** A mutation, and the operation of the document that calls the same use-case. */
interface Kind {
  name: MutationName
  creates: boolean
  entity: Entity
  named: Named[]
  /** Who does such things. */
  as: ExampleRole
  data: Arbitrary<Members>
  /** As the document shows it. */
  shown: Members
  /** Which the document's example has. */
  version: number
}

const OF: Record<string, Entity> = {
  patients: 'patient',
  consultations: 'consultation',
  prescriptions: 'prescription',
  records: 'medical_record',
  labs: 'lab_result',
}

/** Mutations as devices queue them; of those of one call the first has the number 0. */
export class Mutations {
  readonly #kinds: Kind[]

  constructor(
    private readonly document: ApiDocument,
    private readonly bodies: Bodies
  ) {
    this.#kinds = (Object.keys(MUTATIONS) as MutationName[]).map((name) => this.#kindOf(name))
  }

  /** One by itself, or a new record and what is written on it before anybody knows of it. */
  from(number: number, owner: ExampleRole): Arbitrary<Members[]> {
    const own = this.#kinds.filter(({ as }) => as === owner)
    const any = fc.oneof(fc.constantFrom(...own), fc.constantFrom(...own), fc.constantFrom(...this.#kinds))
    const alone = any.chain((kind) => oneOf(kind, number).map((each) => [each]))
    return fc.oneof(
      { arbitrary: alone, weight: 5 },
      { arbitrary: this.#chained(number, owner), weight: 2 },
      { arbitrary: fc.nat(5).map((back) => [new Written(STANDS_FOR.again(back)) as never]), weight: 1 }
    )
  }

  #chained(number: number, owner: ExampleRole): Arbitrary<Members[]> {
    const pairs = this.#kinds
      .filter(({ creates, entity }) => creates && entity !== 'addendum')
      .filter(({ as, name }) => as === owner || (owner === 'doctor' && name !== 'labs.enter'))
      .flatMap((first) => this.#kinds.filter((then) => isOn(then, first.entity)).map((then) => [first, then] as const))
    return fc
      .constantFrom(...pairs)
      .chain(([first, then]) => fc.tuple(fc.constant({ first, then }), mostlyShown(first), oneOf(then, number + 1)))
      .map(([{ first, then }, data, follower]) => {
        const { example } = then.named.find(({ entity }) => entity === first.entity)!
        const ofNew = inPlaceOf(example, STANDS_FOR.made(number), follower)
        return [
          { ...fresh(first, number), data: { ...data, ...addressOf(first) } },
          {
            ...ofNew,
            depends_on: [STANDS_FOR.mutation(number)],
            ...(then.creates ? {} : { base_version: 1, base: {} }),
          },
        ]
      })
  }

  #kindOf(name: MutationName): Kind {
    const [id, { params = {}, as }] = Object.entries(OPERATIONS).find(
      ([, { gate }]) => (gate as unknown) === GATES[name]
    )!
    const operation = this.document.operations.find((each) => each.id === id)!
    const named = operation.parameters
      .filter((each) => each.in === 'path')
      .map(({ name: inPath, example }) => ({
        member: params[inPath] ?? inPath,
        entity: OF[inPath === 'id' ? name.split('.')[0]! : `${inPath}s`]!,
        example: `${example}`,
      }))
    return {
      name,
      ...MUTATIONS[name],
      named,
      as,
      data: this.#dataOf(operation),
      shown: contentOf(operation.body?.examples[0]),
      version: versionIn(operation.body?.examples[0]),
    }
  }

  #dataOf({ body }: Operation): Arbitrary<Members> {
    if (!body) return fc.constant({})
    return this.bodies.fitting(this.document.follow(body.schema), body.examples).map(contentOf)
  }
}

function contentOf(body: unknown): Members {
  const { id: _, version: __, ...content } = (body ?? {}) as Members
  return content
}

function mostlyShown({ data, shown }: Kind): Arbitrary<Members> {
  return fc.oneof({ arbitrary: fc.constant(shown), weight: 3 }, { arbitrary: data, weight: 1 })
}

function isOn({ named }: Kind, entity: Entity): boolean {
  return named.some((each) => each.entity === entity)
}

function oneOf(kind: Kind, number: number): Arbitrary<Members> {
  const honest = kind.creates ? creation(kind, number) : correction(kind, number)
  const spoilt = fc
    .tuple(honest, fc.constantFrom(...MEMBERS), hostileValue)
    .map(([mutation, member, wrong]) => ({ ...mutation, [member]: wrong }))
  const missing = fc.tuple(honest, fc.constantFrom(...MEMBERS)).map(([mutation, member]) => {
    const { [member]: _, ...rest } = mutation
    return rest
  })
  const inside = fc.tuple(honest, fc.nat(), hostileValue).map(([mutation, nth, wrong]) => {
    const names = ['unknown', 'id', 'version', ...Object.keys(mutation.data as Members)]
    return { ...mutation, data: { ...(mutation.data as Members), [names[nth % names.length]!]: wrong } }
  })
  return fc.oneof(
    { arbitrary: honest, weight: 16 },
    { arbitrary: inside, weight: 2 },
    { arbitrary: spoilt, weight: 2 },
    { arbitrary: missing, weight: 1 },
    { arbitrary: hostileValue as Arbitrary<Members>, weight: 1 }
  )
}

const MEMBERS = [
  ...['mutation_id', 'client_seq', 'name', 'client_generated_uuid', 'base_version', 'base', 'data', 'depends_on'],
  ...['client_updated_at', 'lost', 'unknown'],
]

function creation(kind: Kind, number: number): Arbitrary<Members> {
  const id = fc.oneof(
    { arbitrary: fc.constant(STANDS_FOR.made(number)), weight: 14 },
    { arbitrary: fc.constantFrom(STANDS_FOR.held(kind.entity, STANDS_FOR.made(0)), STANDS_FOR.made(0)), weight: 1 }
  )
  return fc
    .record({ data: kind.data, client_generated_uuid: id, ...around(number) })
    .map(({ data, ...rest }) => ({ ...fresh(kind, number), ...rest, data: { ...data, ...addressOf(kind) } }))
}

function correction(kind: Kind, number: number): Arbitrary<Members> {
  const { example } = kind.named.find(({ member }) => member === 'id')!
  const ways = fc.record({
    target: fc.oneof(
      { arbitrary: fc.constant(example), weight: 4 },
      { arbitrary: fc.constant(STANDS_FOR.held(kind.entity, example)), weight: kind.named.length > 1 ? 0 : 3 }
    ),
    isBehind: fc.oneof({ arbitrary: fc.constant(false), weight: 3 }, { arbitrary: fc.constant(true), weight: 1 }),
    lost: fc.oneof(
      { arbitrary: fc.constant([]), weight: 9 },
      { arbitrary: fc.array(kind.data, { maxLength: 2 }), weight: 1 }
    ),
    data: kind.data,
    /** What it believes to have changed, where it knows of nothing later. */
    believed: fc.option(kind.data),
    rest: fc.record(around(number)),
  })
  return ways.map(({ target, isBehind, lost, data, believed, rest }) => ({
    ...fresh(kind, number),
    ...rest,
    client_generated_uuid: target,
    base_version: isBehind ? 1 : new Written(STANDS_FOR.version(target, kind.version)),
    base: isBehind && believed ? believed : new Written(STANDS_FOR.base(target)),
    data: { ...data, ...addressOf(kind) },
    ...(lost.length ? { lost } : {}),
  }))
}

/** What of a write is neither its content nor its place. */
function around(number: number) {
  const own = STANDS_FOR.mutation(number)
  return {
    mutation_id: fc.oneof(
      { arbitrary: fc.constant(own), weight: 18 },
      { arbitrary: fc.constantFrom(STANDS_FOR.mutation(0), STANDS_FOR.before(own)), weight: 1 }
    ),
    client_seq: fc.oneof(
      { arbitrary: fc.constant(new Written(STANDS_FOR.seq)), weight: 9 },
      { arbitrary: fc.nat(50), weight: 1 }
    ),
    depends_on: fc.oneof(
      { arbitrary: fc.constant<string[]>([]), weight: 9 },
      { arbitrary: fc.constantFrom([own], [STANDS_FOR.mutation(0)], [STANDS_FOR.before(own)]), weight: 1 },
      { arbitrary: fc.uuid({ version: 7 }).map((id) => [id]), weight: 1 }
    ),
    client_updated_at: fc
      .date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString()),
  }
}

function fresh({ name }: Kind, number: number): Members {
  return {
    mutation_id: STANDS_FOR.mutation(number),
    client_seq: new Written(STANDS_FOR.seq),
    name,
    client_generated_uuid: STANDS_FOR.made(number),
    base_version: null,
    base: null,
    data: {},
    depends_on: [],
    client_updated_at: '2026-03-02T09:52:10Z',
  }
}

/** What an address of the API says, and a mutation in its data. */
function addressOf({ named }: Kind): Members {
  return Object.fromEntries(
    named.filter(({ member }) => member !== 'id').map(({ member, example }) => [member, example])
  )
}

function inPlaceOf(former: string, present: string, value: Members): Members {
  const replaced = (inner: unknown): unknown => {
    if (typeof inner === 'string') return inner.replaceAll(former, present)
    if (inner instanceof Written) return new Written(inner.text.replaceAll(former, present))
    if (Array.isArray(inner)) return inner.map(replaced)
    if (typeof inner !== 'object' || inner === null) return inner
    return Object.fromEntries(Object.entries(inner).map(([name, each]) => [name, replaced(each)]))
  }
  return replaced(value) as Members
}
