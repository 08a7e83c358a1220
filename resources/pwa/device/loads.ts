import type { RecordData } from '#app/sync/protocol'
import type { Core } from '#pwa/device/core'
import { change, metaIn, putMeta, STORES, type Position, type StoredRow, type Transaction } from '#pwa/device/database'
import { allOf, purgeDue, putNewer, sealedRow } from '#pwa/device/rows'

/** Charts of a load, as they arrive. */
export class Loads {
  constructor(private readonly core: Core) {}

  /** Begins a load of some charts; what comes of it is newer than what is there. */
  async begin(): Promise<number> {
    return change(await this.core.database(), ['meta'], async (tx) => {
      const position = (await metaIn(tx, 'position'))!
      await putMeta(tx, 'position', { ...position, load: position.load + 1 })
      return position.load + 1
    })
  }

  /** Errors: RangeError where the server is of another epoch than the device. */
  async began({ epoch, cursor }: { epoch: string; cursor: string }): Promise<void> {
    await this.moved((position) => {
      position.epoch ??= epoch
      if (position.epoch !== epoch) throw new RangeError('Another epoch')
      if (position.loading) position.loading.cursor ??= cursor
    })
  }

  /** Whole charts: what is there of one and not in it is gone. */
  async charts(
    charts: { patient: RecordData; records: { entity: StoredRow['entity']; data: RecordData }[] }[],
    { load, isFull }: { load: number; isFull: boolean }
  ): Promise<void> {
    const sealed = await Promise.all(charts.map((chart) => this.sealed(chart, load)))
    await change(await this.core.database(), ['meta', 'rows'], async (tx) => {
      const position = (await metaIn(tx, 'position'))!
      // Somebody began anew: what comes here is older than that.
      if (position.load !== load) throw new RangeError('Another load began')
      await replaceCharts(tx, sealed, load)
      const scopes = charts.map(({ patient }) => patient.id)
      position.wanted = position.wanted.filter((scope) => !scopes.includes(scope))
      position.purging = position.purging.filter((scope) => !scopes.includes(scope))
      if (isFull && position.loading) position.loading.after = scopes.at(-1) ?? position.loading.after
      await putMeta(tx, 'position', position)
    })
    await this.core.changed(charts.map(({ patient }) => patient.id))
  }

  todayDone(): Promise<void> {
    return this.moved((position) => {
      if (position.loading) position.loading.isTodayDone = true
    })
  }

  /** What was asked for and did not come is no longer theirs. */
  someDone(asked: string[]): Promise<void> {
    return this.moved((position) => {
      position.wanted = position.wanted.filter((scope) => !asked.includes(scope))
    })
  }

  /** All of it came: patients who did not are not theirs any more. */
  async allDone(): Promise<void> {
    const gone = await change(await this.core.database(), STORES, async (tx) => {
      const position = (await metaIn(tx, 'position'))!
      const { from, to } = allOf('patient')
      const patients = await tx.objectStore('rows').getAll(IDBKeyRange.bound(from, to))
      const scopes = patients.filter(({ load }) => load < position.load).map(({ scope }) => scope)
      position.cursor = position.loading!.cursor
      position.loading = null
      position.purging = [...new Set([...position.purging, ...scopes])]
      await purgeDue(tx, position)
      await putMeta(tx, 'position', position)
      return scopes
    })
    await this.core.changed(gone)
  }

  private async moved(move: (position: Position) => void): Promise<void> {
    await change(await this.core.database(), ['meta'], async (tx) => {
      const position = (await metaIn(tx, 'position'))!
      move(position)
      await putMeta(tx, 'position', position)
    })
  }

  private sealed({ patient, records }: Parameters<Loads['charts']>[0][number], load: number): Promise<StoredRow[]> {
    const all = [{ entity: 'patient' as const, data: patient }, ...records]
    return Promise.all(all.map((record) => sealedRow(this.core, { ...record, scope: patient.id, load })))
  }
}

async function replaceCharts(tx: Transaction, charts: StoredRow[][], load: number): Promise<void> {
  const store = tx.objectStore('rows')
  const rows = charts.flat()
  const keys = new Set(rows.map(({ key }) => key))
  const former = await Promise.all(charts.map(([first]) => store.index('scope').getAll(first!.scope)))
  const gone = former.flat().filter((row) => !keys.has(row.key) && row.load < load)
  await Promise.all(gone.map(({ key }) => store.delete(key)))
  await putNewer(tx, ...rows)
}
