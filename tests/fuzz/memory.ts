import { CURRENT_VERSION, MADE_BEFORE, type Case } from '#tests/fuzz/cases'

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const MOST_KEPT = 50

/** What the answers have told of the records so far, as a client would remember it. */
export class Memory {
  readonly #versions = new Map<string, number>()
  readonly #made = new Map<string, string[]>()

  /** Puts what is remembered in place of what stands for it. */
  fill(one: Case): Case {
    const address = one.address.replaceAll(new RegExp(`(\\w+)/${MADE_BEFORE}`, 'g'), (_, collection: string) => {
      const made = this.#made.get(collection)?.at(-1) ?? this.#made.get('patients')?.at(-1)
      return `${collection}/${made ?? '01980a3e-5f00-7000-8000-0000000000ff'}`
    })
    const version = `${this.#versionIn(address)}`
    const filled = (text: string) => text.replaceAll(CURRENT_VERSION, version)
    const headers = Object.entries(one.headers).map(([name, value]) => [name, filled(value)])
    const body = one.body && { ...one.body, text: filled(one.body.text) }
    return { ...one, address, headers: Object.fromEntries(headers), body }
  }

  learn(address: string, status: number, headers: Record<string, unknown>, body: unknown) {
    const { data, server_version: known } = (body ?? {}) as Record<string, any>
    const named = address.match(UUID)?.at(-1)
    if (named && Number.isInteger(known)) this.#versions.set(named, known)
    if (data?.id && Number.isInteger(data.version)) this.#versions.set(data.id, data.version)
    const made = status === 201 && /(\w[\w-]*)\/([0-9a-f-]{36})$/.exec(String(headers.location))
    if (!made) return
    const [, collection, id] = made
    this.#made.set(collection!, [...(this.#made.get(collection!) ?? []), id!].slice(-MOST_KEPT))
  }

  forget() {
    this.#versions.clear()
    this.#made.clear()
  }

  #versionIn(address: string): number {
    for (const id of [...(address.match(UUID) ?? [])].reverse()) {
      const version = this.#versions.get(id)
      if (version !== undefined) return version
    }
    return 1
  }
}
