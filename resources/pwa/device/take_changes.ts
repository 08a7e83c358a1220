import type { Change, SyncAnswer } from '#app/sync/protocol'
import type { Position, StoredRow, Transaction } from '#pwa/device/database'
import { holdsChart, putNewer, rowKey } from '#pwa/device/rows'

/** All requests at once: one after the other would take minutes on a slow telephone. @returns whose charts they touched */
export async function takeChanges(
  tx: Transaction,
  position: Position,
  { changes, cursor, add_scopes, unreadable }: SyncAnswer,
  rows: Map<string, StoredRow>
): Promise<Set<string>> {
  const touched = new Set(unreadable.map(({ scope }) => scope))
  // A load brings all of it, and later than this.
  const toLoad = new Set([...position.wanted, ...add_scopes])
  const told = changes.filter(({ scope }) => !toLoad.has(scope))
  const held = await heldAmong(tx, new Set(told.map(({ scope }) => scope)))
  const cannotCome = new Set(position.unreadable.map(({ scope }) => scope))
  const last = new Map<string, Change>()
  for (const each of told) {
    if (held.has(each.scope)) last.set(rowKey(each.entity, each.id), each)
    // Never half a chart.
    else if (each.op === 'upsert' && !cannotCome.has(each.scope)) toLoad.add(each.scope)
  }
  const upserts: StoredRow[] = []
  const gone: string[] = []
  for (const [key, each] of last) {
    touched.add(each.scope)
    if (each.op === 'upsert') upserts.push(rows.get(`${key}@${each.version}`)!)
    else if (each.entity === 'patient') position.purging.push(each.scope)
    else gone.push(key)
  }
  await Promise.all([putNewer(tx, ...upserts), ...gone.map((key) => tx.objectStore('rows').delete(key))])
  position.wanted = [...toLoad]
  position.cursor = cursor
  return touched
}

async function heldAmong(tx: Transaction, scopes: Set<string>): Promise<Set<string>> {
  const asked = [...scopes]
  const areHeld = await Promise.all(asked.map((scope) => holdsChart(tx, scope)))
  return new Set(asked.filter((_, at) => areHeld[at]))
}

/** Whose charts are to be loaded, and whose to be forgotten. */
export function takeScopes(position: Position, { add_scopes, purge_scopes, scopes_differ }: SyncAnswer): void {
  position.wanted = [...new Set([...position.wanted, ...add_scopes])].filter((scope) => !purge_scopes.includes(scope))
  position.purging = [...new Set([...position.purging.filter((scope) => !add_scopes.includes(scope)), ...purge_scopes])]
  position.isAskedForScopes = scopes_differ
}
