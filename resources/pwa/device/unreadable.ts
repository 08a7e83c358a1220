import { signal } from '@preact/signals'
import type { Unreadable } from '#app/sync/protocol'
import type { Core } from '#pwa/device/core'
import { metaOf, type Position, type UnreadableMark } from '#pwa/device/database'
import type { UnreadableChart } from '#pwa/device/types'

const HOUR = 3_600_000

/** The charts that the server cannot read, for whoever looks at them. */
export class UnreadableCharts {
  readonly charts = signal<UnreadableChart[]>([])

  constructor(private readonly core: Core) {
    core.follow(() => this.reload())
  }

  forget() {
    this.charts.value = []
  }

  private async reload(): Promise<void> {
    const position = await metaOf(await this.core.database(), 'position')
    const told = (position?.unreadable ?? []).map(({ scope, entity, id, since }) => ({ scope, entity, id, since }))
    if (JSON.stringify(told) !== JSON.stringify(this.charts.peek())) this.charts.value = told
  }
}

/** `at` by the server's clock; a chart that was marked before is so since then. */
export function mark(position: Position, charts: Unreadable[], { at, now }: { at: string; now: number }): void {
  for (const { scope, entity, id } of charts) {
    const since = position.unreadable.find((former) => former.scope === scope)?.since ?? at
    unmark(position, (former) => former.scope === scope)
    position.unreadable.push({ scope, entity, id, since, load: position.load, askedAt: now })
  }
}

export function unmark(position: Position, isOver: (former: UnreadableMark) => boolean): void {
  position.unreadable = position.unreadable.filter((former) => !isOver(former))
}

/** Those to ask for again: each once an hour, however the clock is set. */
export function due({ unreadable }: Position, now: number): string[] {
  return unreadable.filter(({ askedAt }) => Math.abs(now - askedAt) >= HOUR).map(({ scope }) => scope)
}
