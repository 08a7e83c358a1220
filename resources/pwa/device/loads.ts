import type { BootstrapLine } from '#app/sync/protocol'
import type { Core } from '#pwa/device/core'
import {
  change,
  metaIn,
  metaOf,
  putMeta,
  STORES,
  type Position,
  type StoredRow,
  type Transaction,
} from '#pwa/device/database'
import { allOf, purgeDue, putNewer, sealedRow } from '#pwa/device/rows'
import { due, mark, unmark } from '#pwa/device/unreadable'

type ChartLine = Extract<BootstrapLine, { kind: 'chart' }>

/** What a load says of one patient. */
export type PatientLine = ChartLine | Extract<BootstrapLine, { kind: 'unreadable' }>

const scopeOf = (line: PatientLine) => (line.kind === 'chart' ? line.patient.id : line.patient)
const isChart = (line: PatientLine) => line.kind === 'chart'

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

  /** Asks again for what the server could not read, once in a while. */
  async askAgain(): Promise<void> {
    const now = this.core.around.clock.now()
    if (!due(await this.position(), now).length) return
    await this.moved((position) => {
      const scopes = due(position, now)
      position.wanted = [...new Set([...position.wanted, ...scopes])]
      for (const each of position.unreadable) if (scopes.includes(each.scope)) each.askedAt = now
    })
  }

  /**
   * Whole charts: what is there of one and not in it is gone. What there is of one that the server could not read stays.
   * `at` by the server's clock.
   */
  async charts(
    lines: PatientLine[],
    { load, isFull, at }: { load: number; isFull: boolean; at: string }
  ): Promise<void> {
    const charts = lines.filter(isChart)
    const now = this.core.around.clock.now()
    const scopes = lines.map(scopeOf)
    const unreadable = lines.flatMap((line) => (isChart(line) ? [] : [{ ...line, scope: line.patient }]))
    const sealed = await Promise.all(charts.map((chart) => this.sealed(chart, load)))
    await change(await this.core.database(), ['meta', 'rows'], async (tx) => {
      const position = (await metaIn(tx, 'position'))!
      // Somebody began anew: what comes here is older than that.
      if (position.load !== load) throw new RangeError('Another load began')
      await replaceCharts(tx, sealed, load)
      position.wanted = position.wanted.filter((scope) => !scopes.includes(scope))
      position.purging = position.purging.filter((scope) => !scopes.includes(scope))
      unmark(position, ({ scope }) => scopes.includes(scope) && !unreadable.some((each) => each.scope === scope))
      mark(position, unreadable, { at, now })
      if (isFull && position.loading) position.loading.after = scopes.at(-1) ?? position.loading.after
      await putMeta(tx, 'position', position)
    })
    await this.core.changed(scopes)
  }

  todayDone(): Promise<void> {
    return this.moved((position) => {
      if (position.loading) position.loading.isTodayDone = true
    })
  }

  /** What was asked for and did not come is no longer theirs. */
  async someDone(asked: string[]): Promise<void> {
    const former = (await this.position()).unreadable
    await this.moved((position) => {
      position.wanted = position.wanted.filter((scope) => !asked.includes(scope))
      unmark(position, ({ scope, load }) => asked.includes(scope) && load < position.load)
    })
    if (former.length) await this.core.changed([])
  }

  /** All of it came: patients who did not are not theirs any more. */
  async allDone(): Promise<void> {
    const gone = await change(await this.core.database(), STORES, async (tx) => {
      const position = (await metaIn(tx, 'position'))!
      const { from, to } = allOf('patient')
      const patients = await tx.objectStore('rows').getAll(IDBKeyRange.bound(from, to))
      unmark(position, ({ load }) => load < position.load)
      const marked = new Set(position.unreadable.map(({ scope }) => scope))
      const isOver = ({ load, scope }: StoredRow) => load < position.load && !marked.has(scope)
      const scopes = patients.filter(isOver).map(({ scope }) => scope)
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

  private async position(): Promise<Position> {
    return (await metaOf(await this.core.database(), 'position'))!
  }

  private sealed({ patient, records }: ChartLine, load: number): Promise<StoredRow[]> {
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
