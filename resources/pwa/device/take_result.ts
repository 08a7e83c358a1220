import { MUTATIONS, type Applied, type MutationResult } from '#app/sync/protocol'
import type { Position, StoredItem, StoredRow, Transaction } from '#pwa/device/database'
import { holdsChart, putNewer } from '#pwa/device/rows'
import type { Sealed } from '#pwa/device/seal'
import type { OutboxItem } from '#pwa/device/types'

/** A result with what is stored of it, sealed before the transaction: nothing else may be waited for inside. */
export interface Prepared {
  result: MutationResult
  item: OutboxItem
  row?: StoredRow
  outcome?: Sealed
}

export const isApplied = (result: MutationResult): result is Applied =>
  result.status === 'applied' || result.status === 'duplicate'

/** How long others may take, after a backup was restored, to send again what a write is about. */
const WAITS_FOR_OTHERS = 7 * 86_400_000
/** The patient is not there yet, or not in their care again. */
const NOT_YET = ['not_found', 'forbidden']

function waitsForOthers(item: StoredItem, { epochMetAt }: Position, result: MutationResult, serverTime: string) {
  if (!item.again || result.status !== 'rejected' || !NOT_YET.includes(result.problem.code)) return false
  return Date.parse(serverTime) - Date.parse(epochMetAt!) < WAITS_FOR_OTHERS
}

/** What became of one write, into the outbox and, where it was done, into the chart. */
export async function takeResult(
  tx: Transaction,
  position: Position,
  { result, row, outcome }: Prepared,
  serverTime: string
): Promise<void> {
  const outbox = tx.objectStore('outbox')
  const item = await outbox.get(result.mutation_id)
  if (!item || item.state === 'acknowledged') return
  if (isApplied(result)) {
    const { outcome: former, again, ...kept } = item
    const told = { result: result.status, ...(result.late && { late: result.late }) }
    await outbox.put({ ...kept, ...told, state: 'acknowledged', acknowledgedAt: serverTime })
    // What is done for a chart that has gone from the device does not come back piece by piece.
    if (row && (item.name === 'patients.register' || (await holdsChart(tx, row.scope)))) await putNewer(tx, row)
    if (result.status === 'applied') await rebase(tx, item, result.version)
  } else if (outcome && item.state === 'waiting' && !waitsForOthers(item, position, result, serverTime)) {
    await outbox.put({ ...item, state: result.status === 'conflict' ? 'conflict' : 'refused', outcome })
  }
}

/**
 * Later writes to the same record were made on top of this one. Where nobody else came between, they are about the
 * version that it made. One that may have arrived already stays as it was.
 */
async function rebase(tx: Transaction, done: StoredItem, version: number): Promise<void> {
  if (MUTATIONS[done.name].creates || version !== (done.baseVersion ?? 0) + 1) return
  const outbox = tx.objectStore('outbox')
  for (const item of await outbox.index('state').getAll('waiting')) {
    const follows = item.recordId === done.recordId && item.clientSeq > done.clientSeq
    if (!follows || item.tried || item.baseVersion !== done.baseVersion) continue
    await outbox.put({ ...item, baseVersion: version })
  }
}
