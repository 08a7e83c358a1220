import { ENTITIES, MUTATIONS, type Entity, type RecordData } from '#app/sync/protocol'
import type { Core } from '#pwa/device/core'
import type { StoredRow } from '#pwa/device/database'
import { standingOf, withWrite } from '#pwa/device/projection'
import type { Queue } from '#pwa/device/queue'
import { allOf, placeOf, rowKey } from '#pwa/device/rows'
import type { Held, OutboxItem } from '#pwa/device/types'

/** A record as the server has it. */
export interface ServerRecord {
  entity: Entity
  id: string
  scope: string
  version: number
  data: RecordData
}

/** How many are decrypted before the page may draw again. */
const AT_ONCE = 250

/** Reads records: what the server has, with this device's unsent writes on top. */
export class Reading {
  constructor(
    private readonly core: Core,
    private readonly queue: Queue
  ) {}

  async serverRecord(entity: Entity, id: string): Promise<ServerRecord | null> {
    const database = await this.core.database()
    const row = await database.get('rows', rowKey(entity, id))
    return row ? this.opened(row) : null
  }

  async record(entity: Entity, id: string): Promise<Held | null> {
    return this.onTop(await this.serverRecord(entity, id), entity, id)
  }

  /** Everything about one patient, or only what is of these kinds. */
  async chart(scope: string, kinds: readonly Entity[] = ENTITIES): Promise<Held[]> {
    const database = await this.core.database()
    const stored = await database.getAllFromIndex('rows', 'scope', scope)
    const rows = await Promise.all(stored.filter(({ entity }) => kinds.includes(entity)).map((row) => this.opened(row)))
    const byKey = new Map<string, ServerRecord | null>(rows.map((row) => [rowKey(row.entity, row.id), row]))
    for (const item of this.queue.peek())
      if (item.scope === scope && kinds.includes(item.entity) && !byKey.has(rowKey(item.entity, item.recordId)))
        byKey.set(rowKey(item.entity, item.recordId), null)
    return [...byKey]
      .map(([key, row]) => this.onTop(row, key.split('/')[0] as Entity, key.split('/')[1]!))
      .filter((held) => held !== null)
  }

  /** All of a kind that the server has, some at a time. */
  async *all(entity: Entity): AsyncIterable<ServerRecord[]> {
    const { from, to } = allOf(entity)
    let range = IDBKeyRange.bound(from, to)
    for (;;) {
      const database = await this.core.database()
      const rows = await database.getAll('rows', range, AT_ONCE)
      if (rows.length) yield await Promise.all(rows.map((row) => this.opened(row)))
      if (rows.length < AT_ONCE) return
      range = IDBKeyRange.bound(rows.at(-1)!.key, to, true)
    }
  }

  /** With the writes that are unsent; null for what neither the server nor the device has. */
  onTop(row: ServerRecord | null, entity: Entity, id: string): Held | null {
    const writes = this.queue
      .peek()
      .filter((item) => item.recordId === id && item.entity === entity && item.state !== 'set_aside')
    const author = this.core.person.peek()?.id ?? null
    const data = writes.reduce<RecordData | null>(
      (former, write) => (shows(write, former) ? withWrite(former, write, author) : former),
      row?.data ?? null
    )
    const scope = row?.scope ?? writes[0]?.scope
    if (!data || !scope) return null
    const last = writes.at(-1)
    return { entity, id, scope, data, standing: standingOf(writes), ...(last && { writtenAt: last.writtenAt }) }
  }

  private async opened({ key, entity, id, scope, version, sealed }: StoredRow): Promise<ServerRecord> {
    return { entity, id, scope, version, data: await this.core.unseal<RecordData>(placeOf(key), sealed) }
  }
}

/** A creation makes nothing that is there; a correction corrects nothing that is not. */
const shows = ({ name }: OutboxItem, former: RecordData | null) => MUTATIONS[name].creates !== Boolean(former)
