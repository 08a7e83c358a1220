import type { Applied, Change, MutationResult, SyncAnswer, SyncRequest } from '#app/sync/protocol'
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
import { mark } from '#pwa/device/unreadable'
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
    const now = this.core.around.clock.now()
    const results = await this.prepared(answer, load)
    const pulls = withChanges && request.cursor !== null
    const rows = pulls ? await this.changedRows(answer, load) : new Map<string, StoredRow>()
    const touched = await change(await this.core.database(), STORES, async (tx) => {
      const position = (await metaIn(tx, 'position'))!
      const scopes = new Set<string>()
      position.epoch ??= answer.epoch
      position.epochMetAt ??= answer.server_time
      for (const each of results) {
        await takeResult(tx, position, each, answer.server_time)
        scopes.add(each.item.scope)
      }
      // Another tab may have gone on, or begun to load anew.
      if (pulls && position.cursor === request.cursor) {
        for (const scope of await takeChanges(tx, position, answer, rows)) scopes.add(scope)
        mark(position, answer.unreadable, { at: answer.server_time, now })
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

  /**
   * A backup was restored: what was acknowledged since is sent again, everything is loaded anew. What waits may be about
   * what others have to send again.
   */
  async newEpoch(epoch: string, restoredTo: string | null): Promise<void> {
    const since = restoredTo ? Date.parse(restoredTo) - 3_600_000 : 0
    await change(await this.core.database(), ['meta', 'outbox'], async (tx) => {
      const outbox = tx.objectStore('outbox')
      for (const item of await outbox.index('state').getAll('acknowledged')) {
        if (Date.parse(item.acknowledgedAt!) < since) continue
        const { acknowledgedAt, result, late, ...again } = item
        await outbox.put({ ...again, state: 'waiting' })
      }
      for (const item of await outbox.index('state').getAll('waiting')) await outbox.put({ ...item, again: 1 })
      await putMeta(tx, 'position', { ...loadingAnew((await metaIn(tx, 'position'))!), epoch, epochMetAt: null })
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

/** How long others may take, after a backup was restored, to send again what a write is about. */
const WAITS_FOR_OTHERS = 7 * 86_400_000
/** The patient is not there yet, or not in their care again. */
const NOT_YET = ['not_found', 'forbidden']

function waitsForOthers(item: StoredItem, { epochMetAt }: Position, result: MutationResult, serverTime: string) {
  if (!item.again || result.status !== 'rejected' || !NOT_YET.includes(result.problem.code)) return false
  return Date.parse(serverTime) - Date.parse(epochMetAt!) < WAITS_FOR_OTHERS
}

async function takeResult(
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

/** All requests at once: one after the other would take minutes on a slow telephone. @returns whose charts they touched */
async function takeChanges(
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

function takeScopes(position: Position, { add_scopes, purge_scopes, scopes_differ }: SyncAnswer): void {
  position.wanted = [...new Set([...position.wanted, ...add_scopes])].filter((scope) => !purge_scopes.includes(scope))
  position.purging = [...new Set([...position.purging.filter((scope) => !add_scopes.includes(scope)), ...purge_scopes])]
  position.isAskedForScopes = scopes_differ
}

function loadingAnew(position: Position): Position {
  const loading = { cursor: null, after: null, isTodayDone: false }
  return { ...position, cursor: null, wanted: [], isAskedForScopes: false, load: position.load + 1, loading }
}
