import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/* Names and labels are read by whoever watches: add, never rename. Their meaning: docs/guides/<language>/metrics.md. */
export const registry = new Registry()

const registers = [registry]

interface Described<Label extends string> {
  name: string
  help: string
  labelNames?: readonly Label[]
}

/** A figure that is looked up when it is asked for. */
export function gauge<Label extends string = never>(described: Described<Label>) {
  return new Gauge<Label>({ labelNames: [], ...described, registers })
}

/** A count that is kept elsewhere. */
export function countOf(name: string, help: string, current: () => number) {
  return new Counter({
    ...{ name, help, registers },
    collect() {
      this.reset()
      this.inc(current())
    },
  })
}

export function counter<Label extends string>(described: Described<Label>) {
  return new Counter<Label>({ labelNames: [], ...described, registers })
}

export function histogram<Label extends string>(described: Described<Label>, buckets: number[]) {
  return new Histogram<Label>({ labelNames: [], ...described, buckets, registers })
}
