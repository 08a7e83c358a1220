import type { Applied, MutationResult, SyncAnswer, SyncRequest } from '#app/sync/protocol'
import { KEPT_DAYS } from '#app/sync/protocol'
import type { Core } from '#pwa/device/core'
import { change, metaIn, putMeta, STORES, type Position, type StoredRow } from '#pwa/device/database'
import type { Outcome, Queue } from '#pwa/device/queue'
import { purgeDue, sealedRow } from '#pwa/device/rows'
import { takeChanges, takeScopes } from '#pwa/device/take_changes'
import { isApplied, takeResult, type Prepared } from '#pwa/device/take_result'
import { mark } from '#pwa/device/unreadable'
import type { OutboxItem } from '#pwa/device/types'

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

function outcomeOf(result: MutationResult): Outcome | null {
  if (result.status === 'conflict') return { theirs: result.server_version }
  return result.status === 'rejected' ? { problem: result.problem } : null
}

function loadingAnew(position: Position): Position {
  const loading = { cursor: null, after: null, isTodayDone: false }
  return { ...position, cursor: null, wanted: [], isAskedForScopes: false, load: position.load + 1, loading }
}
