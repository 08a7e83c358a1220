import { computed, signal } from '@preact/signals'
import { v7 } from 'uuid'
import { MUTATIONS, type ProblemBody, type ServerVersion } from '#app/sync/protocol'
import type { Core } from '#pwa/device/core'
import type { StoredItem } from '#pwa/device/database'
import { isDeferred } from '#pwa/device/order'
import type { OutboxItem } from '#pwa/device/types'

/** What an item says, written once. */
export interface Content {
  data: Record<string, unknown>
  base: Record<string, unknown> | null
  lost?: Record<string, unknown>[]
  writtenAt: string
}

export interface Outcome {
  problem?: ProblemBody
  theirs?: ServerVersion
}

const OPEN = ['waiting', 'refused', 'conflict', 'set_aside'] as const

/** What was never acknowledged, in memory as it is on the disk. */
export class Queue {
  private readonly stored = signal<OutboxItem[]>([])
  /** What is on its way just now. */
  readonly sending = signal<ReadonlySet<string>>(new Set())
  readonly items = computed(() => this.stored.value.map((item) => this.shown(item)))
  private read = new Map<string, { iv: Uint8Array; value: Promise<unknown> }>()

  constructor(private readonly core: Core) {
    core.follow(() => this.reload())
  }

  async reload(): Promise<void> {
    const database = await this.core.database()
    const tx = database.transaction('outbox')
    const byState = tx.store.index('state')
    const found = (await Promise.all(OPEN.map((state) => byState.getAll(state)))).flat()
    const items = await Promise.all(found.map((item) => this.opened(item)))
    const kept = new Set(found.map(({ mutationId }) => mutationId))
    for (const place of this.read.keys()) if (!kept.has(place.split('/')[2]!)) this.read.delete(place)
    this.stored.value = items.sort((one, other) => one.clientSeq - other.clientSeq)
  }

  forget() {
    this.stored.value = []
    this.sending.value = new Set()
    this.read.clear()
  }

  /** As they are on the disk: neither `sending` nor `deferred`. */
  peek(): OutboxItem[] {
    return this.stored.peek()
  }

  of(mutationId: string): OutboxItem | undefined {
    return this.peek().find((item) => item.mutationId === mutationId)
  }

  /** Errors: RangeError where the item is in another state. */
  inState(mutationId: string, ...states: OutboxItem['state'][]): OutboxItem {
    const item = this.of(mutationId)
    if (!item || !states.includes(item.state))
      throw new RangeError(`No write ${mutationId} that is ${states.join(' or ')}`)
    return item
  }

  async seal(item: OutboxItem, tried: 0 | 1 = 0): Promise<StoredItem> {
    const { mutationId, clientSeq, name, recordId, scope, state, baseVersion, dependsOn } = item
    const { data, base, lost, writtenAt } = item
    const content = await this.core.seal(`outbox/content/${mutationId}`, {
      data,
      base,
      lost,
      writtenAt,
    } satisfies Content)
    const { entity } = MUTATIONS[name]
    const told = { mutationId, clientSeq, name, entity, recordId, scope, baseVersion, dependsOn }
    return { ...told, state: state as StoredItem['state'], tried, content }
  }

  sealOutcome(mutationId: string, outcome: Outcome) {
    return this.core.seal(`outbox/outcome/${mutationId}`, outcome)
  }

  async opened(stored: StoredItem): Promise<OutboxItem> {
    const { content, outcome, tried, ...told } = stored
    const said = await this.openedOnce<Content>(`outbox/content/${told.mutationId}`, content)
    const came = outcome && (await this.openedOnce<Outcome>(`outbox/outcome/${told.mutationId}`, outcome))
    return { ...told, ...said, ...came }
  }

  /** What the server took since then, the latest first; read from the disk, as one screen alone shows it. */
  async sentSince(since: string, most: number): Promise<OutboxItem[]> {
    const taken = await (await this.core.database()).getAllFromIndex('outbox', 'state', 'acknowledged')
    const at = ({ acknowledgedAt }: StoredItem) => Date.parse(acknowledgedAt!)
    const lately = taken.filter((item) => at(item) >= Date.parse(since))
    lately.sort((one, other) => at(other) - at(one) || other.clientSeq - one.clientSeq)
    return Promise.all(lately.slice(0, most).map((item) => this.opened(item)))
  }

  newId(): string {
    const { clock, crypto } = this.core.around
    return v7({ msecs: clock.now(), random: crypto.getRandomValues(new Uint8Array(16)) })
  }

  private openedOnce<T>(place: string, sealed: StoredItem['content']): Promise<T> {
    const known = this.read.get(place)
    if (known && known.iv.every((byte, index) => byte === sealed.iv[index])) return known.value as Promise<T>
    const value = this.core.unseal<T>(place, sealed)
    this.read.set(place, { iv: sealed.iv, value })
    return value
  }

  private shown(item: OutboxItem): OutboxItem {
    if (item.state === 'waiting' && this.sending.value.has(item.mutationId)) return { ...item, state: 'sending' }
    return isDeferred(item, this.stored.value) ? { ...item, state: 'deferred' } : item
  }
}
