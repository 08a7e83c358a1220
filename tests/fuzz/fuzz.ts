import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { admittedTo, type ExampleRole } from '#app/http/operation'
import { MUTATIONS, type Mutation, type SyncAnswer } from '#app/sync/protocol'
import { astrayCases } from '#tests/fuzz/astray'
import { Cases, LOAD, PUSH, type Case } from '#tests/fuzz/cases'
import { Devices, STANDS_FOR } from '#tests/fuzz/devices'
import type { ApiDocument } from '#tests/fuzz/document'
import { Judge, linesIn } from '#tests/fuzz/judge'
import { Memory } from '#tests/fuzz/memory'
import { asCurl, Sender, type Answer, type Request } from '#tests/fuzz/sending'
import { became, sentIn } from '#tests/fuzz/sync_faults'
import { Tally } from '#tests/fuzz/tally'
import { newWorld, type FuzzWorld } from '#tests/fuzz/worlds'
import { OPERATIONS } from '#start/operations'

// Consultations are cancelled on the way, patients are retired, and their doctors leave them: after that, refusals are
// nearly all there is to see.
const CASES_IN_A_WORLD = 300
const CASES_AFTER_A_LOSS = 25
const MOST_SHRINKS = 120
/** They end what is made anew for the next request, and nothing that others need. */
const LOSES_NOTHING = /sessions?\.|devices\.|tokens\.|disablements\./
/** A call brings any of many kinds of writes, each of which has a gate of its own. */
const OFTEN: Record<string, number> = { [PUSH]: 64, [LOAD]: 8 }

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
  const ofOperations = tried.map((each) => ({
    arbitrary: cases.of(each, usually(each.id)),
    weight: OFTEN[each.id] ?? 4,
  }))
  const some = fc.oneof(...ofOperations, {
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
  readonly #devices = new Devices(this.#memory, (owner) => this.#world!.device(owner as ExampleRole))
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
      this.#devices.forget()
    }
    this.#casesLeft--
    const { filled } = this.#world
    const { method, address, headers, body } = this.#memory.fill({
      ...one,
      address: filled(one.address),
      body: one.body && { ...one.body, text: await this.#called(one, filled(one.body.text)) },
    })
    return {
      ...{ method, address },
      headers: { 'x-request-id': randomUUID(), ...(await this.#credentialsOf(one)), ...headers },
      body: body && Buffer.from(body.text, body.encoding),
    }
  }

  /** A call as the device knows it that is to send it, or would, if it is sent by nobody. */
  async #called({ operation, as }: Case, text: string): Promise<string> {
    if (operation !== PUSH) return text
    const device = await this.#devices.of(as ?? 'doctor')
    if (device.cursor === null && as && text.includes(STANDS_FOR.cursor)) await this.#load(as)
    return this.#devices.fill(text, device)
  }

  /** What an honest device does first; whether it is answered rightly, the cases of that operation say. */
  async #load(as: ExampleRole) {
    const { credential } = await this.#devices.of(as)
    const headers = { authorization: `Device ${credential}` }
    const answer = await this.#sender.send({ method: 'GET', address: '/api/v1/sync/bootstrap', headers, body: null })
    if (answer.status === 200) this.#devices.learn(as, '', 200, linesIn(answer.text))
  }

  async #credentialsOf({ operation, as, proof }: Case): Promise<Record<string, string>> {
    // A server that is wrong on purpose has operations of its own.
    const known = OPERATIONS[operation]
    const admitted = known ? admittedTo(known) : 'caller'
    if (!as || admitted === 'anybody') return {}
    const { tokens, session } = this.#world!
    if (proof === 'device' || (proof === 'own' && admitted === 'device'))
      return { authorization: `Device ${(await this.#devices.of(as)).credential}` }
    return proof === 'token' || (proof === 'own' && admitted === 'caller')
      ? { authorization: `Bearer ${tokens[as]}` }
      : session(as)
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
    if (!faults.length && answer.status < 500) this.#learn(one, request, answer)
    return faults
  }

  #learn(one: Case, request: Request, { status, headers, text }: Answer) {
    const { method, address } = request
    // Whoever has closed their account comes no further, with whatever they show.
    const isLoss = method === 'DELETE' || one.operation === 'own_account.close'
    if (isLoss && status < 300 && !LOSES_NOTHING.test(one.operation))
      this.#casesLeft = Math.min(this.#casesLeft, CASES_AFTER_A_LOSS)
    const type = String(headers['content-type'])
    if (!type.includes('json') || !text) return
    const answer: unknown = type.includes('ndjson') ? linesIn(text) : JSON.parse(text)
    this.#memory.learn(address, status, headers, answer)
    if (!one.as || one.isAstray) return
    if (one.operation === 'devices.store') this.#devices.enrolled(one.as, answer)
    if (one.operation !== PUSH && one.operation !== LOAD) return
    this.#devices.learn(one.as, request.body?.toString() ?? '', status, answer)
    this.#countWrites(request, answer)
  }

  #countWrites(request: Request, answer: unknown) {
    const { results } = answer as SyncAnswer
    if (this.#broken || !results) return
    for (const [index, sent] of sentIn(request).entries()) {
      const name = (sent as Mutation | null)?.name
      if (name && name in MUTATIONS) this.tally.countWrite(name, became(results[index]!))
    }
  }
}
