import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { RegexRule, RegexTask } from '#app/mappings/regex_worker'
import { BadSource, RowProblem } from '#app/mappings/source_problems'

export const TIMED_OUT: unique symbol = Symbol('timed out')
export type RegexAnswer = string | null | typeof TIMED_OUT

// Compiled it is a .js file; from sources Node itself strips the types of the .ts one.
const workerFile = new URL(`./regex_worker${extname(fileURLToPath(import.meta.url))}`, import.meta.url)

// A pattern this slow is wrong for the whole file, not for single rows: at a second each the run would never end.
const MAX_TIMEOUTS = 20

/**
 * Regular expressions of mappings, run in a worker thread so that one that never ends (`(a+)+$`) can be stopped.
 * The limit is for each value; on a timeout the value at which the worker stands is given up and a fresh one goes on.
 */
export class Regexes {
  readonly #rules: RegexRule[] = []
  readonly #progress = new Int32Array(new SharedArrayBuffer(4))
  readonly #limit: number
  #worker: Worker | null = null
  #timeouts = 0

  constructor(limitMs: number) {
    this.#limit = limitMs
  }

  /** The number by which tasks name this rule. All rules are added before the first run. */
  add(rule: RegexRule): number {
    return this.#rules.push(rule) - 1
  }

  /** One answer a task, in their order. Throws BadSource when too many of them time out. */
  async run(tasks: readonly RegexTask[]): Promise<RegexAnswer[]> {
    const answers: RegexAnswer[] = []
    while (answers.length < tasks.length) {
      const open = tasks.slice(answers.length)
      const done = await this.#ask(open)
      if (Array.isArray(done)) {
        answers.push(...done)
        continue
      }
      const before = done ? await this.#ask(open.slice(0, done)) : []
      // What went well a moment ago and hangs now (a machine under load) is given up too.
      const kept = Array.isArray(before) ? before : open.slice(0, done).map((): RegexAnswer => TIMED_OUT)
      answers.push(...kept, TIMED_OUT)
    }
    return answers
  }

  async close() {
    const worker = this.#worker
    this.#worker = null
    await worker?.terminate()
  }

  /** The answers, or the index of the task that did not end in time. */
  async #ask(tasks: readonly RegexTask[]): Promise<RegexAnswer[] | number> {
    const worker = (this.#worker ??= this.#start())
    Atomics.store(this.#progress, 0, -1)
    const answered = new Promise<RegexAnswer[]>((resolve, reject) => {
      worker.once('message', resolve).once('error', reject)
    })
    worker.postMessage(tasks)
    const stuck = await this.#watch(answered)
    if (stuck === null) {
      worker.removeAllListeners('error')
      return answered
    }
    await this.close()
    if (++this.#timeouts >= MAX_TIMEOUTS) throw new BadSource('regex_too_slow', { limit: MAX_TIMEOUTS })
    return stuck
  }

  /** Null when the answers are there; else the task that stood still for a whole limit. */
  async #watch(answered: Promise<unknown>): Promise<number | null> {
    let last = -1
    for (;;) {
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<'late'>((resolve) => (timer = setTimeout(resolve, this.#limit, 'late')))
      const first = await Promise.race([answered, late]).finally(() => clearTimeout(timer))
      if (first !== 'late') return null
      const now = Atomics.load(this.#progress, 0)
      if (now >= 0 && now === last) return now
      last = now
    }
  }

  #start(): Worker {
    const workerData = { rules: this.#rules, progress: this.#progress }
    const worker = new Worker(workerFile, { workerData, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 128 } })
    worker.unref()
    return worker
  }
}

/**
 * The questions that the rows of one batch have for the regular expressions. Rows are mapped as if nothing had to be
 * waited for; one that meets a question without an answer is mapped again once all of them are answered together.
 */
export class Questions {
  /** Set when a question without an answer is met. */
  unanswered = false
  readonly #regexes: Regexes
  readonly #answers = new Map<string, RegexAnswer>()
  #open = new Map<string, RegexTask>()

  constructor(regexes: Regexes) {
    this.#regexes = regexes
  }

  readonly ask = (rule: number, text: string, column: string | null): string | null => {
    const id = `${rule} ${text}`
    const answer = this.#answers.get(id)
    if (answer === TIMED_OUT) throw new RowProblem('regex_timeout', column)
    if (answer !== undefined) return answer
    this.unanswered = true
    this.#open.set(id, { rule, text })
    return null
  }

  async answer() {
    if (!this.#open.size) return
    const answers = await this.#regexes.run([...this.#open.values()])
    ;[...this.#open.keys()].forEach((id, index) => this.#answers.set(id, answers[index]!))
    this.#open = new Map()
  }
}
