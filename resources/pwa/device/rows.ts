import type { Entity, RecordData } from '#app/sync/protocol'
import type { Core } from '#pwa/device/core'
import type { Position, StoredRow, Transaction } from '#pwa/device/database'
import { unmark } from '#pwa/device/unreadable'

export const rowKey = (entity: Entity, id: string) => `${entity}/${id}`
export const placeOf = (key: string) => `rows/${key}`

/** After every key that begins with the entity. */
export const allOf = (entity: Entity) => ({ from: `${entity}/`, to: `${entity}0` })

interface Incoming {
  entity: Entity
  scope: string
  data: RecordData
  /** Addenda have none: they never change. */
  version?: number
  load: number
}

/** Sealed before the transaction begins, which would end while it waits. */
export async function sealedRow(core: Core, { entity, scope, data, version, load }: Incoming): Promise<StoredRow> {
  const key = rowKey(entity, data.id)
  const sealed = await core.seal(placeOf(key), data)
  return { key, entity, id: data.id, scope, version: version ?? data.version ?? 1, load, sealed }
}

/**
 * Only what is newer: of a later load, or of a higher version. Of several no two have the same key: they are asked for
 * together, since on a slow phone the way to the database and back takes longer than what it does.
 */
export async function putNewer(tx: Transaction, ...rows: StoredRow[]): Promise<void> {
  const store = tx.objectStore('rows')
  const formers = await Promise.all(rows.map(({ key }) => store.get(key)))
  const isNewer = (row: StoredRow, former?: StoredRow) =>
    !former || former.load < row.load || former.version < row.version
  // Async, so that one that fails at once leaves no other without somebody to hear of it.
  await Promise.all(rows.filter((row, at) => isNewer(row, formers[at])).map(async (row) => store.put(row)))
}

/** Whether the device has this patient's chart. */
export async function holdsChart(tx: Transaction, scope: string): Promise<boolean> {
  return (await tx.objectStore('rows').getKey(rowKey('patient', scope))) !== undefined
}

/** What the server has of a chart; the losing sides of conflicts stay, which it has too, but for the purge. */
export async function dropChart(tx: Transaction, scope: string): Promise<void> {
  const rows = tx.objectStore('rows')
  for (const key of await rows.index('scope').getAllKeys(scope)) await rows.delete(key)
}

async function dropHistory(tx: Transaction, scope: string): Promise<void> {
  const history = tx.objectStore('history')
  for (const key of await history.index('scope').getAllKeys(scope)) await history.delete(key)
}

const UNSENT = ['waiting', 'refused', 'conflict'] as const

/** Patients about whom something was written that is neither sent nor set aside. */
export async function scopesWithUnsent(tx: Transaction): Promise<Set<string>> {
  const byState = tx.objectStore('outbox').index('state')
  const scopes = new Set<string>()
  for (const state of UNSENT) for (const { scope } of await byState.getAll(state)) scopes.add(scope)
  return scopes
}

/** Forgets the charts that have to go, but for those about which something is unsent. */
export async function purgeDue(tx: Transaction, position: Position): Promise<void> {
  if (!position.purging.length) return
  const unsent = await scopesWithUnsent(tx)
  for (const scope of position.purging) {
    if (unsent.has(scope)) continue
    await dropChart(tx, scope)
    await dropHistory(tx, scope)
    unmark(position, (former) => former.scope === scope)
  }
  position.purging = position.purging.filter((scope) => unsent.has(scope))
}
