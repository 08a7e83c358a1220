import { formerValues, sameValue } from '#app/sync/merging'
import { MUTATIONS } from '#app/sync/protocol'
import { Locked, type Core } from '#pwa/device/core'
import { change, metaIn, putMeta, type Transaction } from '#pwa/device/database'
import { dependenciesOf, isAction } from '#pwa/device/order'
import type { Queue } from '#pwa/device/queue'
import type { Reading } from '#pwa/device/reading'
import { withRoom } from '#pwa/device/room'
import { purgeDue } from '#pwa/device/rows'
import type { StoredItem, StoredLoser } from '#pwa/device/database'
import type { OutboxItem, WriteOrder } from '#pwa/device/types'

export interface FormerVersion {
  at: string
  by: 'mine' | 'theirs'
  data: Record<string, unknown>
}

/** Makes, corrects and ends the writes of this device. */
export class Writing {
  constructor(
    private readonly core: Core,
    private readonly queue: Queue,
    private readonly reading: Reading,
    /** Deletes what can be loaded again; false where there is nothing left of it. */
    private readonly makeRoom: () => Promise<boolean>
  ) {}

  /** Returns when it is on the disk. Errors: RangeError for a correction of what the device does not hold; Locked. */
  async write(order: WriteOrder): Promise<{ id: string; mutationId: string }> {
    const item = await this.itemOf(order)
    const stored = await this.queue.seal(item)
    await this.stored(async (tx) => {
      const seq = ((await metaIn(tx, 'seq')) ?? 0) + 1
      await putMeta(tx, 'seq', seq)
      await tx.objectStore('outbox').add({ ...stored, clientSeq: seq })
      if (order.draft) await tx.objectStore('drafts').delete(order.draft)
    })
    await this.core.changed([item.scope])
    return { id: item.recordId, mutationId: item.mutationId }
  }

  /** Errors: RangeError for what is not in conflict. */
  async settle(mutationId: string, chosen: Record<string, unknown>): Promise<void> {
    const former = this.queue.inState(mutationId, 'conflict')
    const { theirs, entity, data } = former
    const mine = fieldsOf(former)
    const next: OutboxItem = {
      ...anew(former, this.queue.newId()),
      data: isAction(former.name) ? data : { ...data, ...trimmed(chosen) },
      base: formerValues(entity, { ...mine, ...chosen }, theirs!.data),
      baseVersion: theirs!.version,
      ...(!isAction(former.name) && { lost: [...(former.lost ?? []), data] }),
      writtenAt: this.now(),
    }
    const sides = [
      { by: 'mine' as const, values: mine },
      { by: 'theirs' as const, values: formerValues(entity, { ...mine, ...chosen }, theirs!.data) },
    ]
    const losers = sides.filter(({ values }) => !agree({ ...mine, ...chosen }, values))
    await this.replace(former, next, await Promise.all(losers.map(({ by, values }) => this.loser(former, by, values))))
  }

  /** Errors: RangeError for what is not refused. */
  async correctRefused(mutationId: string, data: Record<string, unknown>): Promise<void> {
    const former = this.queue.inState(mutationId, 'refused', 'set_aside')
    const corrected = trimmed(data)
    const next = { ...anew(former, this.queue.newId()), data: corrected, writtenAt: this.now() }
    if (next.base) next.base = await this.baseFor(former, corrected)
    const losers = [await this.loser(former, 'mine', former.data)]
    // What no rule lets become a version of the record is kept here: no correction would get past it.
    const refused = refusedAmongLost(former)
    for (const values of refused) losers.push(await this.loser(former, 'mine', values))
    if (refused.length) next.lost = former.lost!.filter((values) => !refused.includes(values))
    await this.replace(former, next, losers)
  }

  /** As it was. Errors: RangeError for what is neither refused nor set aside. */
  async sendAgain(mutationId: string): Promise<void> {
    const former = this.queue.inState(mutationId, 'refused', 'set_aside')
    const isTaken = former.problem?.code === 'mutation_id_reused'
    if (isTaken) return this.replace(former, anew(former, this.queue.newId()), [])
    await this.moved(former, 'waiting')
  }

  /** Kept, and not sent any more; what is on its way just now may still be done. Errors: RangeError for any other. */
  async setAside(mutationId: string): Promise<void> {
    await this.moved(this.queue.inState(mutationId, 'refused', 'conflict', 'waiting'), 'set_aside')
  }

  async formerVersions(recordId: string): Promise<FormerVersion[]> {
    const database = await this.core.database()
    const losers = await database.getAllFromIndex('history', 'recordId', recordId)
    const opened = losers.map(({ key, sealed }) => this.core.unseal<FormerVersion>(`history/${key}`, sealed))
    return (await Promise.all(opened)).sort((one, other) => one.at.localeCompare(other.at))
  }

  private async itemOf(order: WriteOrder): Promise<OutboxItem> {
    const { name } = order
    const { entity, creates } = MUTATIONS[name]
    const recordId = order.id || (name === 'patients.register' && order.scope) || this.queue.newId()
    const scope = name === 'patients.register' ? recordId : order.scope
    const row = creates ? null : await this.reading.serverRecord(entity, recordId)
    const seen = creates ? null : this.reading.onTop(row, entity, recordId)
    if (!creates && !seen) throw new RangeError(`The device holds no ${entity} ${recordId}`)
    const data = trimmed(await this.located({ ...order, scope }, seen?.data))
    const about = { name, recordId, scope, data }
    return {
      ...{ ...about, entity, mutationId: this.queue.newId(), clientSeq: 0, state: 'waiting' },
      base: seen && formerValues(entity, data, seen.data),
      // A record that is still to be made will have version 1.
      baseVersion: creates ? null : (row?.version ?? 1),
      dependsOn: [...new Set([...(order.dependsOn ?? []), ...dependenciesOf(about, this.queue.peek())])],
      writtenAt: this.now(),
    }
  }

  /** What the use-case asks for beside what somebody wrote: whose, and in which consultation. */
  private async located({ name, scope, data }: WriteOrder, seen?: Record<string, unknown>) {
    if (name === 'consultations.record' || name === 'records.add' || name === 'labs.enter')
      return { patient_id: scope, ...data }
    if (name === 'prescriptions.amend' || name === 'prescriptions.stop')
      return { consultation: seen?.consultation_id, ...data }
    if (name !== 'prescriptions.add_addendum' || data.consultation) return data
    const prescription = await this.reading.record('prescription', String(data.record_id))
    return { consultation: prescription?.data.consultation_id, ...data }
  }

  /** Of the fields that a corrected correction has and the former had not, as they are now. */
  private async baseFor(former: OutboxItem, data: Record<string, unknown>) {
    const row = await this.reading.serverRecord(former.entity, former.recordId)
    return { ...formerValues(former.entity, data, row?.data ?? {}), ...former.base }
  }

  private async replace(former: OutboxItem, next: OutboxItem, losers: StoredLoser[]): Promise<void> {
    const sealed = await this.queue.seal(next)
    await this.stored(async (tx) => {
      const outbox = tx.objectStore('outbox')
      const present = await outbox.get(former.mutationId)
      if (present?.state !== former.state) throw new RangeError(`${former.mutationId} is ${present?.state} by now`)
      await outbox.delete(former.mutationId)
      await outbox.add({ ...sealed, clientSeq: present.clientSeq, dependsOn: present.dependsOn })
      for (const item of await dependents(tx, former.mutationId))
        await outbox.put({
          ...item,
          dependsOn: item.dependsOn.map((id) => (id === former.mutationId ? next.mutationId : id)),
        })
      for (const loser of losers) await tx.objectStore('history').put(loser)
    })
    await this.core.changed([former.scope])
  }

  private async moved(former: OutboxItem, state: 'waiting' | 'set_aside'): Promise<void> {
    await this.stored(async (tx) => {
      const outbox = tx.objectStore('outbox')
      const present = await outbox.get(former.mutationId)
      if (present?.state !== former.state) throw new RangeError(`${former.mutationId} is ${present?.state} by now`)
      await outbox.put({ ...present, state })
      const position = (await metaIn(tx, 'position'))!
      await purgeDue(tx, position)
      await putMeta(tx, 'position', position)
    })
    await this.core.changed([former.scope])
  }

  private async loser({ recordId, scope }: OutboxItem, by: FormerVersion['by'], data: Record<string, unknown>) {
    const key = this.queue.newId()
    const sealed = await this.core.seal(`history/${key}`, { at: this.now(), by, data } satisfies FormerVersion)
    return { key, recordId, scope, sealed }
  }

  /** A write is the last thing that a full disk may refuse. */
  private async stored(work: (tx: Transaction) => Promise<void>): Promise<void> {
    const database = await this.core.database()
    const stillOurs = async (tx: Transaction) => {
      // Another tab may have destroyed the store a moment ago: what is sealed by its key nobody could read again.
      if (!(await metaIn(tx, 'key'))) throw new Locked()
      await work(tx)
    }
    await withRoom(this.makeRoom, () => change(database, ['meta', 'rows', 'outbox', 'history', 'drafts'], stillOurs))
  }

  private now() {
    return new Date(this.core.around.clock.now()).toISOString()
  }
}

/** The same write as a new mutation. */
function anew({ problem: _, theirs: __, ...former }: OutboxItem, mutationId: string): OutboxItem {
  return { ...former, mutationId, state: 'waiting' }
}

/** The losing sides of conflicts for which it is refused, and not for what was chosen. */
function refusedAmongLost({ problem, lost = [] }: OutboxItem): Record<string, unknown>[] {
  const pointers = (problem?.errors ?? []).map(({ pointer }) => pointer)
  return lost.filter((_, index) => pointers.some((pointer) => pointer.startsWith(`/lost/${index}/`)))
}

/** Without what only says where the record is. */
function fieldsOf({ data }: OutboxItem): Record<string, unknown> {
  const { consultation, ...fields } = data
  return fields
}

const agree = (one: Record<string, unknown>, other: Record<string, unknown>) =>
  Object.keys(one).every((field) => sameValue(one[field], other[field]))

/** The server trims what it takes; the device has the same before it compares. */
function trimmed(data: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(data).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries.map(([field, value]) => [field, typeof value === 'string' ? value.trim() : value]))
}

async function dependents(tx: Transaction, mutationId: string): Promise<StoredItem[]> {
  const byState = tx.objectStore('outbox').index('state')
  const open = (['waiting', 'refused', 'conflict', 'set_aside'] as const).map((state) => byState.getAll(state))
  return (await Promise.all(open)).flat().filter(({ dependsOn }) => dependsOn.includes(mutationId))
}
