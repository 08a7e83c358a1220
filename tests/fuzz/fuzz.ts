import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { admittedTo, type ExampleRole } from '#app/http/operation'
import { astrayCases } from '#tests/fuzz/astray'
import { Cases, type Case } from '#tests/fuzz/cases'
import type { ApiDocument } from '#tests/fuzz/document'
import { Judge } from '#tests/fuzz/judge'
import { Memory } from '#tests/fuzz/memory'
import { asCurl, Sender, type Answer, type Request } from '#tests/fuzz/sending'
import { Tally } from '#tests/fuzz/tally'
import { newWorld, type FuzzWorld } from '#tests/fuzz/worlds'
import { OPERATIONS } from '#start/operations'

// Consultations are cancelled on the way, patients are retired, and their doctors leave them: after that, refusals are
// nearly all there is to see.
const CASES_IN_A_WORLD = 300
const CASES_AFTER_A_LOSS = 25
const MOST_SHRINKS = 120

export interface Fuzzed {
  origin: URL
  document: ApiDocument
  /** The operations that are tried; all where nothing is said. */
  only?: string[]
  /** Who usually sends what, by operation. */
  usually: (operation: string) => ExampleRole
  runs: number
  seed: number
}

/**
 * Sends requests made of the document, one after the other, and holds each answer against it.
 * Errors: the smallest request that was answered wrongly, with what is wrong and how to send it again.
 */
export async function fuzz({ origin, document, only, usually, runs, seed }: Fuzzed): Promise<Tally> {
  const cases = new Cases(document)
  const tried = document.operations.filter(({ id }) => only?.includes(id) ?? true)
  const ofOperations = tried.map((each) => cases.of(each, usually(each.id)))
  const some = fc.oneof(...ofOperations.map((arbitrary) => ({ arbitrary, weight: 4 })), {
    arbitrary: astrayCases(document),
    weight: Math.ceil(tried.length / 6),
  })
  const run = new Run(origin, new Judge(document))
  try {
    const property = fc.asyncProperty(some, (one) => run.holds(one))
    const { failed, errorInstance } = await fc.check(property, { numRuns: runs, seed })
    if (failed) throw run.isBroken ? new Error(run.told(seed)) : errorInstance
    return run.tally
  } finally {
    run.close()
  }
}

class Run {
  readonly tally = new Tally()
  readonly #memory = new Memory()
  readonly #sender: Sender
  #world: FuzzWorld | undefined
  #casesLeft = 0
  #shrinks = 0
  #broken: { request: Request; as: Case['as']; faults: string[] } | undefined

  constructor(
    origin: URL,
    private readonly judge: Judge
  ) {
    this.#sender = new Sender(origin)
  }

  async holds(one: Case): Promise<boolean> {
    if (this.#broken && this.#shrinks++ >= MOST_SHRINKS) return true
    const request = await this.#requestOf(one)
    const faults = await this.#faultsOf(one, request)
    if (faults.length) this.#broken = { request, as: one.as, faults }
    return !faults.length
  }

  get isBroken() {
    return this.#broken !== undefined
  }

  /** The last one that was wrong is the smallest: fast-check goes on from what is wrong still. */
  told(seed: number): string {
    const { request, as, faults } = this.#broken!
    return [`seed ${seed}, sent by ${as ?? 'nobody'}:`, asCurl(request), ...faults].join('\n')
  }

  close() {
    this.#sender.close()
  }

  async #requestOf(one: Case): Promise<Request> {
    if (!this.#world || (!this.#broken && this.#casesLeft <= 0)) {
      this.#world = await newWorld()
      this.#casesLeft = CASES_IN_A_WORLD
      this.#memory.forget()
    }
    this.#casesLeft--
    const { filled } = this.#world
    const { method, address, headers, body } = this.#memory.fill({
      ...one,
      address: filled(one.address),
      body: one.body && { ...one.body, text: filled(one.body.text) },
    })
    return {
      ...{ method, address },
      headers: { 'x-request-id': randomUUID(), ...(await this.#credentialsOf(one)), ...headers },
      body: body && Buffer.from(body.text, body.encoding),
    }
  }

  async #credentialsOf({ operation, as }: Case): Promise<Record<string, string>> {
    // A server that is wrong on purpose has operations of its own.
    const known = OPERATIONS[operation]
    const admitted = known ? admittedTo(known) : 'caller'
    if (!as || admitted === 'anybody') return {}
    const { tokens, session } = this.#world!
    return admitted === 'caller' ? { authorization: `Bearer ${tokens[as]}` } : session(as)
  }

  async #faultsOf(one: Case, request: Request): Promise<string[]> {
    let answer: Answer
    try {
      answer = await this.#sender.send(request)
    } catch (error) {
      return [`no answer: ${error}`]
    }
    if (!this.#broken) this.tally.count(one.operation, answer.status)
    const faults = this.judge.faultsOf(one, request, answer)
    if (!faults.length && answer.status < 500) this.#learn(request, answer)
    return faults
  }

  #learn({ method, address }: Request, { status, headers, text }: Answer) {
    if (method === 'DELETE' && status < 300) this.#casesLeft = Math.min(this.#casesLeft, CASES_AFTER_A_LOSS)
    if (String(headers['content-type']).includes('json') && text)
      this.#memory.learn(address, status, headers, JSON.parse(text))
  }
}
