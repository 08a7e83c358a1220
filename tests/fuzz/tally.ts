/** What became of the writes that one call brings, where that is no refusal. */
const DONE = ['applied', 'duplicate']

/** How often each operation was answered how, and each kind of write that a device brings. */
export class Tally {
  readonly #counts = new Map<string, Map<string, number>>()
  #cases = 0

  count(operation: string, status: number) {
    this.#cases++
    this.#add(operation, `${status}`)
  }

  /** `became` is a result's word, with the status of its refusal. */
  countWrite(name: string, became: string) {
    this.#add(`(write) ${name}`, became)
  }

  #add(what: string, how: string) {
    const ofOne = this.#counts.get(what) ?? new Map<string, number>()
    this.#counts.set(what, ofOne.set(how, (ofOne.get(how) ?? 0) + 1))
  }

  /** Requests. */
  get cases(): number {
    return this.#cases
  }

  /** Of the cases of all operations and of what devices brought, how much was done: 0 to 1. */
  get shareDone(): number {
    const documented = [...this.#counts].filter(([what]) => what !== '(astray)').map(([, ofOne]) => ofOne)
    return sum(documented.map(done)) / (sum(documented.flatMap((ofOne) => [...ofOne.values()])) || 1)
  }

  /** Operations and writes that were tried at least so often and never done. */
  neverDone(tries: number): string[] {
    return [...this.#counts]
      .filter(([what, ofOne]) => what !== '(astray)' && sum([...ofOne.values()]) >= tries && !done(ofOne))
      .map(([what]) => what)
  }

  lines(): string[] {
    return [...this.#counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([what, ofOne]) => {
        const all = [...ofOne].sort(([a], [b]) => (a < b ? -1 : 1)).map(([how, times]) => `${how}: ${times}`)
        return `${what.padEnd(34)} ${all.join(', ')}`
      })
  }
}

function done(ofOne: Map<string, number>): number {
  return sum([...ofOne].filter(([how]) => DONE.includes(how) || Number(how) < 400).map(([, times]) => times))
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
