import { createHash } from 'node:crypto'
import { newUuid } from '#app/core/ids'
import { formerValues } from '#app/sync/merging'
import { MUTATIONS, type Entity, type Mutation, type MutationName } from '#app/sync/protocol'
import type { Memory } from '#tests/fuzz/memory'
import { isObject } from '#tests/fuzz/written_json'

/** What stands in a call for what its device knows when it goes out. */
export const STANDS_FOR = {
  device: '{{device}}',
  seq: '{{seq}}',
  epoch: '{{epoch}}',
  cursor: '{{cursor}}',
  digest: '{{digest}}',
  scopes: '{{scopes}}',
  cursorAt: (seq: string) => `{{cursor_at:${seq}}}`,
  /** The id of a call's nth mutation, and of the record that it makes. */
  mutation: (number: number) => `{{mutation:${number}}}`,
  made: (number: number) => `{{new:${number}}}`,
  /** A record of this kind that the device made before; else the given one. */
  held: (entity: Entity, otherwise: string) => `{{held:${entity}|${otherwise}}}`,
  /** The id of an earlier mutation; else the given one. */
  before: (otherwise: string) => `{{before:${otherwise}}}`,
  /** The whole of an earlier mutation. */
  again: (back: number) => `{{again:${back}}}`,
  /** The version of this record that is known; else the given one. */
  version: (id: string, otherwise: number) => `{{version:${id}|${otherwise}}}`,
  base: (id: string) => `{{base:${id}}}`,
}

const MOST_KEPT = 20

type Sent = Partial<Mutation>

/** A telephone as an honest client keeps it. */
interface Device {
  id: string
  credential: string
  seq: number
  epoch: string | null
  cursor: string | null
  /** The patients whose charts it holds. */
  scopes: Set<string>
  /** What it has sent, the latest last. */
  sent: Sent[]
  /** Records that it has made. */
  made: Map<Entity, string>
  refusals: number
}

/** A revoked one tries for a while, as does one whose owner has not signed in. */
const REFUSALS_UNTIL_NEW = 2

/** Everybody's telephones. */
export class Devices {
  readonly #devices = new Map<string, Device>()

  constructor(
    private readonly memory: Memory,
    private readonly hand: (owner: string) => Promise<{ id: string; credential: string }>
  ) {}

  forget() {
    this.#devices.clear()
  }

  /** The one of this role; a new one where there is none, or its own is over. */
  async of(owner: string): Promise<Device> {
    const known = this.#devices.get(owner)
    if (known && known.refusals < REFUSALS_UNTIL_NEW) return known
    return this.#take(owner, await this.hand(owner))
  }

  #take(owner: string, enrolled: { id: string; credential: string }): Device {
    const known = this.#devices.get(owner)
    const blank = { seq: 0, epoch: null, cursor: null, scopes: new Set<string>(), sent: [], made: new Map() }
    const device = { ...(known?.id === enrolled.id ? known : blank), ...enrolled, refusals: 0 }
    this.#devices.set(owner, device)
    return device
  }

  /** The call with what stands for something filled in. */
  fill(text: string, device: Device): string {
    const ids = new Map<string, string>()
    const made = (key: string) => ids.get(key) ?? ids.set(key, newUuid()).get(key)!
    const earlier = (back: string) => device.sent.at(-1 - Number(back))
    const filled = text
      .replaceAll(/\{\{again:(\d+)\}\}/g, (_, back: string) => JSON.stringify(earlier(back) ?? null))
      .replaceAll(/\{\{(?:new|mutation):\d+\}\}/g, made)
      .replaceAll(/\{\{before:(.*?)\}\}/g, (_, other: string) => earlier('0')?.mutation_id ?? other)
      .replaceAll(/\{\{held:(\w+)\|(.*?)\}\}/g, (_, entity: Entity, other: string) => device.made.get(entity) ?? other)
      .replaceAll(
        /\{\{version:(.*?)\|(\d+)\}\}/g,
        (_, id: string, other: string) => `${this.memory.versionOf(id) ?? other}`
      )
      .replaceAll('{{device}}', device.id)
      .replaceAll('{{seq}}', () => `${++device.seq}`)
      .replaceAll('{{epoch}}', JSON.stringify(device.epoch))
      .replaceAll('{{cursor}}', JSON.stringify(device.cursor))
      .replaceAll(/\{\{cursor_at:(.*?)\}\}/g, (_, seq: string) => cursorAt(device.epoch, seq))
      .replaceAll('{{digest}}', digestOf(device.scopes))
      .replaceAll('{{scopes}}', JSON.stringify([...device.scopes]))
    return this.#withBases(filled)
  }

  /** What a correction builds on is known once its record and its fields are. */
  #withBases(text: string): string {
    if (!text.includes('{{base:')) return text
    const call = asJson(text.replaceAll(/\{\{base:(.*?)\}\}/g, '"{{base}}"'))
    if (!isObject(call) || !Array.isArray(call.mutations)) return text.replaceAll(/\{\{base:(.*?)\}\}/g, '{}')
    const bases = call.mutations
      .filter((each: Sent) => each?.base === ('{{base}}' as never))
      .map((each: Sent) => {
        const former = this.memory.recordOf(`${each.client_generated_uuid}`)
        const entity = MUTATIONS[each.name as MutationName]?.entity
        return former && entity && isObject(each.data) ? formerValues(entity, each.data, former) : {}
      })
    return text.replaceAll(/\{\{base:(.*?)\}\}/g, () => JSON.stringify(bases.shift() ?? {}))
  }

  /** `text` is what was sent, if anything. */
  learn(owner: string, text: string, status: number, answer: unknown) {
    const device = this.#devices.get(owner)
    if (!device) return
    if (status === 401) device.refusals++
    else device.refusals = 0
    if (Array.isArray(answer)) this.#learnLoad(device, answer)
    else if (isObject(answer) && Array.isArray(answer.results)) this.#learnAnswer(device, asJson(text), answer)
  }

  /** Somebody has enrolled a device of their own: from now on they use that one. */
  enrolled(owner: string, { data }: any) {
    if (data?.id && data.credential) this.#take(owner, { id: data.id, credential: data.credential })
  }

  #learnLoad(device: Device, lines: any[]) {
    for (const { kind, epoch, cursor, patient, records } of lines) {
      if (kind === 'begin') Object.assign(device, { epoch, cursor: device.cursor ?? cursor })
      if (kind !== 'chart') continue
      device.scopes.add(patient.id)
      for (const data of [patient, ...records.map((each: any) => each.data)]) this.memory.know(data)
    }
  }

  #learnAnswer(device: Device, call: any, { epoch, cursor, results, changes, purge_scopes }: any) {
    Object.assign(device, { epoch, cursor: cursor ?? device.cursor })
    for (const patient of purge_scopes) device.scopes.delete(patient)
    for (const { data } of changes) this.memory.know(data)
    for (const [index, { status, data, server_version: theirs }] of results.entries()) {
      this.memory.know(data ?? theirs?.data)
      const sent = call?.mutations?.[index] as Sent | undefined
      if (!isObject(sent)) continue
      device.sent = [...device.sent, sent].slice(-MOST_KEPT)
      const kind = MUTATIONS[sent.name as MutationName]
      if (status === 'applied' && kind?.creates) device.made.set(kind.entity, data.id)
    }
  }
}

function cursorAt(epoch: string | null, seq: string): string {
  return JSON.stringify(Buffer.from(`[${JSON.stringify(epoch)},${seq}]`).toString('base64url'))
}

function digestOf(ids: Set<string>): string {
  return createHash('sha256')
    .update([...ids].sort().join('\n'))
    .digest('hex')
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
