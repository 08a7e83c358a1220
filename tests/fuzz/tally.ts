/** How often each operation answered with which status. */
export class Tally {
  readonly #counts = new Map<string, Map<number, number>>()

  count(operation: string, status: number) {
    const ofOne = this.#counts.get(operation) ?? new Map<number, number>()
    this.#counts.set(operation, ofOne.set(status, (ofOne.get(status) ?? 0) + 1))
  }

  get cases(): number {
    return sum([...this.#counts.values()].flatMap((ofOne) => [...ofOne.values()]))
  }

  /** Of the cases of all operations, how many were done: 0 to 1. */
  get shareDone(): number {
    const documented = [...this.#counts].filter(([operation]) => operation !== '(astray)').map(([, ofOne]) => ofOne)
    return sum(documented.map(done)) / (sum(documented.flatMap((ofOne) => [...ofOne.values()])) || 1)
  }

  /** Operations that were tried at least so often and never done. */
  neverDone(tries: number): string[] {
    return [...this.#counts]
      .filter(([operation, ofOne]) => operation !== '(astray)' && sum([...ofOne.values()]) >= tries && !done(ofOne))
      .map(([operation]) => operation)
  }

  lines(): string[] {
    return [...this.#counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([operation, ofOne]) => {
        const statuses = [...ofOne].sort(([a], [b]) => a - b).map(([status, times]) => `${status}: ${times}`)
        return `${operation.padEnd(34)} ${statuses.join(', ')}`
      })
  }
}

function done(ofOne: Map<number, number>): number {
  return sum([...ofOne].filter(([status]) => status < 400).map(([, times]) => times))
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
