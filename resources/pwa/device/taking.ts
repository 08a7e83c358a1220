import type { Applied, MutationResult, SyncAnswer, SyncRequest } from '#app/sync/protocol'
import { KEPT_DAYS, MUTATIONS } from '#app/sync/protocol'
import type { Core } from '#pwa/device/core'
import {
  change,
  metaIn,
  putMeta,
  STORES,
  type Position,
  type StoredItem,
  type StoredRow,
  type Transaction,
} from '#pwa/device/database'
import type { Outcome, Queue } from '#pwa/device/queue'
import { holdsChart, purgeDue, putNewer, rowKey, sealedRow } from '#pwa/device/rows'
import type { Sealed } from '#pwa/device/seal'
import type { OutboxItem } from '#pwa/device/types'

interface Prepared {
  result: MutationResult
  item: OutboxItem
  row?: StoredRow
  outcome?: Sealed
}

/** Takes what the server answered: results, changes and cursor in one transaction. */
export class Taking {
  constructor(
    private readonly core: Core,
    private readonly queue: Queue
  ) {}

  /** `withChanges` false leaves what was pulled for another time, and the cursor where it was. */
  async answer(request: SyncRequest, answer: SyncAnswer, { withChanges = true } = {}): Promise<void> {
    const load = (await this.position()).load
    const results = await this.prepared(answer, load)
    const pulls = withChanges && request.cursor !== null
    const rows = pulls ? await this.changedRows(answer, load) : new Map<string, StoredRow>()
    const touched = await change(await this.core.database(), STORES, async (tx) => {
      const position = (await metaIn(tx, 'position'))!
      const scopes = new Set<string>()
      position.epoch ??= answer.epoch
      for (const each of results) {
        await takeResult(tx, each, answer.server_time)
        scopes.add(each.item.scope)
      }
      // Another tab may have gone on, or begun to load anew.
      if (pulls && position.cursor === request.cursor) {
        for (const scope of await takeChanges(tx, position, answer, rows)) scopes.add(scope)
        takeScopes(position, answer)
        if (!answer.has_more) position.agreedAt = answer.server_time
      }
      for (const scope of position.purging) scopes.add(scope)
      await purgeDue(tx, position)
      await putMeta(tx, 'position', position)
      return [...scopes]
    })
    await this.core.changed(touched)
  }

  /** A backup was restored: what was acknowledged since is sent again, everything is loaded anew. */
  async newEpoch(epoch: string, restoredTo: string | null): Promise<void> {
    const since = restoredTo ? Date.parse(restoredTo) - 3_600_000 : 0
    await change(await this.core.database(), ['meta', 'outbox'], async (tx) => {
      const outbox = tx.objectStore('outbox')
      for (const item of await outbox.index('state').getAll('acknowledged')) {
        if (Date.parse(item.acknowledgedAt!) < since) continue
        const { acknowledgedAt, result, late, ...again } = item
        await outbox.put({ ...again, state: 'waiting' })
      }
      await putMeta(tx, 'position', { ...loadingAnew((await metaIn(tx, 'position'))!), epoch })
    })
    await this.core.changed('all')
  }

  async cursorExpired(): Promise<void> {
    await change(await this.core.database(), ['meta'], async (tx) => {
      await putMeta(tx, 'position', loadingAnew((await metaIn(tx, 'position'))!))
    })
  }

  /** Acknowledged so long ago that no backup is older. */
  async tidy(serverTime: string): Promise<void> {
    const before = Date.parse(serverTime) - KEPT_DAYS.acknowledged * 86_400_000
    await change(await this.core.database(), ['outbox'], async (tx) => {
      const outbox = tx.objectStore('outbox')
      for (const { mutationId, acknowledgedAt } of await outbox.index('state').getAll('acknowledged'))
        if (Date.parse(acknowledgedAt!) < before) await outbox.delete(mutationId)
    })
  }

  /** From now on these are sent as they are: one of them may have arrived. */
  async tried(mutationIds: string[]): Promise<void> {
    await change(await this.core.database(), ['outbox'], async (tx) => {
      const outbox = tx.objectStore('outbox')
      for (const id of mutationIds) {
        const item = await outbox.get(id)
        if (item && !item.tried) await outbox.put({ ...item, tried: 1 })
      }
    })
  }

  /** The server did not take the call for what this one write is. */
  async refuse(mutationId: string, problem: Outcome['problem']): Promise<void> {
    const outcome = await this.queue.sealOutcome(mutationId, { problem })
    const scope = await change(await this.core.database(), ['outbox'], async (tx) => {
      const item = await tx.objectStore('outbox').get(mutationId)
      if (item?.state === 'waiting') await tx.objectStore('outbox').put({ ...item, state: 'refused', outcome })
      return item?.scope
    })
    if (scope) await this.core.changed([scope])
  }

  private async position(): Promise<Position> {
    return (await (await this.core.database()).get('meta', 'position')) as Position
  }

  private async prepared(answer: SyncAnswer, load: number): Promise<Prepared[]> {
    const asked = answer.results.map(async (result): Promise<Prepared | null> => {
      const item = this.queue.of(result.mutation_id)
      if (!item) return null
      const outcome = outcomeOf(result)
      return {
        ...{ result, item },
        ...(isApplied(result) && { row: await this.row(item, result, load) }),
        ...(outcome && { outcome: await this.queue.sealOutcome(item.mutationId, outcome) }),
      }
    })
    return (await Promise.all(asked)).filter((each) => each !== null)
  }

  /** None where it was done and may be read no more. */
  private async row({ entity, scope }: OutboxItem, { data, version }: Applied, load: number) {
    return data && sealedRow(this.core, { entity, scope, data, version: data.version ?? version, load })
  }

  private async changedRows({ changes }: SyncAnswer, load: number): Promise<Map<string, StoredRow>> {
    const upserts = changes.filter((each) => each.op === 'upsert')
    const rows = upserts.map(({ entity, scope, data, version }) =>
      sealedRow(this.core, { entity, scope, data, version, load })
    )
    return new Map((await Promise.all(rows)).map((row) => [`${row.key}@${row.version}`, row]))
  }
}

const isApplied = (result: MutationResult): result is Applied =>
  result.status === 'applied' || result.status === 'duplicate'

function outcomeOf(result: MutationResult): Outcome | null {
  if (result.status === 'conflict') return { theirs: result.server_version }
  return result.status === 'rejected' ? { problem: result.problem } : null
}

async function takeResult(tx: Transaction, { result, row, outcome }: Prepared, serverTime: string): Promise<void> {
  const outbox = tx.objectStore('outbox')
  const item = await outbox.get(result.mutation_id)
  if (!item || item.state === 'acknowledged') return
  if (isApplied(result)) {
    const { outcome: former, ...kept } = item
    const told = { result: result.status, ...(result.late && { late: result.late }) }
    await outbox.put({ ...kept, ...told, state: 'acknowledged', acknowledgedAt: serverTime })
    // What is done for a chart that has gone from the device does not come back piece by piece.
    if (row && (item.name === 'patients.register' || (await holdsChart(tx, row.scope)))) await putNewer(tx, row)
    if (result.status === 'applied') await rebase(tx, item, result.version)
  } else if (outcome && item.state === 'waiting') {
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

/** @returns whose charts they touched */
async function takeChanges(
  tx: Transaction,
  position: Position,
  { changes, cursor, add_scopes }: SyncAnswer,
  rows: Map<string, StoredRow>
): Promise<Set<string>> {
  const touched = new Set<string>()
  const toLoad = new Set([...position.wanted, ...add_scopes])
  for (const each of changes) {
    // A load brings all of it, and later than this.
    if (toLoad.has(each.scope)) continue
    if (!(await holdsChart(tx, each.scope))) {
      // Never half a chart.
      if (each.op === 'delete') continue
      position.wanted.push(each.scope)
      toLoad.add(each.scope)
      continue
    }
    touched.add(each.scope)
    if (each.op === 'upsert') await putNewer(tx, rows.get(`${rowKey(each.entity, each.id)}@${each.version}`)!)
    else if (each.entity === 'patient') position.purging.push(each.scope)
    else await tx.objectStore('rows').delete(rowKey(each.entity, each.id))
  }
  position.cursor = cursor
  return touched
}

function takeScopes(position: Position, { add_scopes, purge_scopes, scopes_differ }: SyncAnswer): void {
  position.wanted = [...new Set([...position.wanted, ...add_scopes])].filter((scope) => !purge_scopes.includes(scope))
  position.purging = [...new Set([...position.purging.filter((scope) => !add_scopes.includes(scope)), ...purge_scopes])]
  position.isAskedForScopes = scopes_differ
}

function loadingAnew(position: Position): Position {
  const loading = { cursor: null, after: null, isTodayDone: false }
  return { ...position, cursor: null, wanted: [], isAskedForScopes: false, load: position.load + 1, loading }
}
