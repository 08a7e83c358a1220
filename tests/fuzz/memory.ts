import type { Case } from '#tests/fuzz/cases'

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const MADE = /([\w-]+)\/\{\{made:(.*?)\}\}/g
const CURSOR = /\{\{cursor:(.*?)\}\}/g
const VERSION = /\{\{version\|(\d+)\}\}/g
const MOST_KEPT = 50

/** What the answers have told of the records so far, as a client would remember it. */
export class Memory {
  readonly #versions = new Map<string, number>()
  readonly #records = new Map<string, Record<string, unknown>>()
  readonly #made = new Map<string, string[]>()
  readonly #cursors = new Map<string, string>()

  /** Puts what is remembered in place of what stands for it. */
  fill(one: Case): Case {
    const made = (_: string, collection: string, other: string) =>
      `${collection}/${this.#made.get(collection)?.at(-1) ?? other}`
    const cursor = (_: string, forged: string) => this.#cursorOf(one.address, decodeURIComponent(forged))
    const isWhole = !one.address.includes('{{')
    const address = isWhole ? one.address : one.address.replaceAll(MADE, made).replaceAll(CURSOR, cursor)
    const known = this.#versionIn(address)
    const filled = (text: string) => text.replaceAll(VERSION, (_, shown: string) => `${known ?? shown}`)
    const headers = Object.entries(one.headers).map(([name, value]) => [name, filled(value)])
    const body = one.body && { ...one.body, text: filled(one.body.text) }
    return { ...one, address, headers: Object.fromEntries(headers), body }
  }

  learn(address: string, status: number, headers: Record<string, unknown>, body: unknown) {
    const { data, meta, server_version: known } = (body ?? {}) as Record<string, any>
    if (meta?.next_cursor) this.#cursors.set(pathOf(address), meta.next_cursor)
    const named = address.match(UUID)?.at(-1)
    if (named && Number.isInteger(known)) this.#versions.set(named, known)
    this.know(data)
    const made = status === 201 && /(\w[\w-]*)\/([0-9a-f-]{36})$/.exec(String(headers.location))
    if (!made) return
    const [, collection, id] = made
    this.#made.set(collection!, [...(this.#made.get(collection!) ?? []), id!].slice(-MOST_KEPT))
  }

  /** Remembers a record as an answer shows it. */
  know(data: any) {
    if (!data?.id || !Number.isInteger(data.version)) return
    this.#versions.set(data.id, data.version)
    this.#records.set(data.id, data)
  }

  versionOf(id: string): number | undefined {
    return this.#versions.get(id)
  }

  recordOf(id: string): Record<string, unknown> | undefined {
    return this.#records.get(id)
  }

  forget() {
    this.#versions.clear()
    this.#records.clear()
    this.#made.clear()
    this.#cursors.clear()
  }

  /** Cursors are opaque to a client; whoever forges one has looked inside, as this does. */
  #cursorOf(address: string, forged: string): string {
    const given = this.#cursors.get(pathOf(address)) ?? this.#cursors.values().next().value ?? ''
    if (!forged || !given) return given
    const [name, , ...rest] = JSON.parse(Buffer.from(given, 'base64url').toString()) as unknown[]
    return Buffer.from(JSON.stringify([name, forged, ...rest])).toString('base64url')
  }

  #versionIn(address: string): number | undefined {
    for (const id of [...(address.match(UUID) ?? [])].reverse()) {
      const version = this.#versions.get(id)
      if (version !== undefined) return version
    }
    return undefined
  }
}

function pathOf(address: string): string {
  return address.split('?')[0]!
}
