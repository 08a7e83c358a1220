import { signal } from '@preact/signals'
import { LIMITS, type ProblemBody, type SyncRequest } from '#app/sync/protocol'
import { Locked } from '#pwa/device/core'
import { isQuota } from '#pwa/device/database'
import type { DeviceStore } from '#pwa/device/open_device_store'
import { withRoom } from '#pwa/device/room'
import type { Need, SyncPhase, SyncState } from '#pwa/device/types'
import { loadCharts } from '#pwa/sync/loading'
import { isAnswer, LoadRefused, NoNetwork, type Transport } from '#pwa/sync/transport'

const NOTHING_YET: SyncState = { phase: 'idle', loaded: 0, total: 0, agreedAt: null, problem: null }

/** Whatever goes wrong, a round ends. */
const MOST_CALLS = 2_000
/** How often what the server said of a position may be of no use before it is left for later. */
const MOST_RELOADS = 5

/** `later`: something is left, and trying at once would not help. */
export type RoundEnd = 'agreed' | 'later' | 'offline' | 'needs'

/** One device's talk with the server. Rounds do not overlap: whoever calls `round` begins it after the last has ended. */
export class Engine {
  readonly state = signal<SyncState>(NOTHING_YET)
  readonly needs = signal<ReadonlySet<Need>>(new Set())
  readonly isOnline = signal(true)
  private mutations: number = LIMITS.mutations
  private isTidy = false
  private sendsApart = false

  constructor(
    private readonly store: DeviceStore,
    private readonly transport: Transport
  ) {}

  /** Sends what waits, loads what is missing, pulls what changed, until there is nothing left. */
  async round(): Promise<RoundEnd> {
    if (this.store.state.peek() !== 'open' || this.isShutOut()) return 'needs'
    this.say({ agreedAt: (await this.store.position())?.agreedAt ?? null })
    try {
      await this.store.queue.reload()
      await this.store.loads.askAgain()
      const end = await this.talk()
      if (end === 'agreed') await this.store.keepReserve()
      this.say({ phase: end === 'offline' ? 'offline' : 'idle' })
      return end
    } catch (error) {
      if (error instanceof Locked) return 'needs'
      if (error instanceof LoadRefused) return this.refused(error.problem)
      if (isQuota(error)) return this.outOfRoom()
      if (!(error instanceof NoNetwork)) throw error
      this.isOnline.value = false
      this.say({ phase: 'offline' })
      return 'offline'
    } finally {
      this.store.queue.sending.value = new Set()
      if (this.state.peek().phase !== 'offline') this.say({ phase: 'idle' })
    }
  }

  need(need: Need) {
    if (!this.needs.peek().has(need)) this.needs.value = new Set([...this.needs.peek(), need])
  }

  needNot(...needs: Need[]) {
    this.needs.value = new Set([...this.needs.peek()].filter((each) => !needs.includes(each)))
  }

  /** Its store is gone: what was said of it does not hold for the next one. */
  forget() {
    this.state.value = NOTHING_YET
    this.needs.value = new Set()
  }

  /** Until somebody signs in, or for good. */
  private isShutOut() {
    return this.needs.peek().has('sign_in') || this.needs.peek().has('revoked')
  }

  private async talk(): Promise<RoundEnd> {
    const resting = new Set<string>()
    let reloads = 0
    for (let calls = 0; calls < MOST_CALLS; calls++) {
      const position = (await this.store.position())!
      if (!(await this.store.hasRoom())) this.need('room')
      const hasRoom = !this.needs.peek().has('room')
      const isMissing = position.loading !== null || position.wanted.length > 0
      const pulls = hasRoom && !isMissing
      const end = await this.call(pulls, resting)
      if (end === 'again') continue
      if (end === 'anew') {
        if (++reloads > MOST_RELOADS) return 'later'
        continue
      }
      if (end !== 'done') return end
      if (!hasRoom) return resting.size ? 'later' : 'needs'
      if (!isMissing) return resting.size ? 'later' : 'agreed'
      await this.load(resting)
    }
    return 'later'
  }

  /** `again`: there is more of it; `anew`: the position was of no use any more; `done`: nothing is left to send or pull. */
  private async call(pulls: boolean, resting: Set<string>): Promise<RoundEnd | 'again' | 'anew' | 'done'> {
    const request = await this.nextCall(pulls, resting)
    if (!request.mutations.length && request.cursor === null) return 'done'
    this.say({ phase: request.mutations.length ? 'sending' : 'pulling' })
    const ids = request.mutations.map(({ mutation_id: id }) => id)
    await withRoom(this.store.makeRoom, () => this.store.taking.tried(ids))
    this.store.queue.sending.value = new Set(ids)
    const answer = await this.transport.exchange(request)
    this.isOnline.value = true
    if (!isAnswer(answer)) {
      this.store.queue.sending.value = new Set()
      return this.problem(answer, request)
    }
    await this.take(request, answer)
    this.store.queue.sending.value = new Set()
    this.mutations = LIMITS.mutations
    if (request.cursor !== null) this.sendsApart = false
    this.say({ problem: null, agreedAt: (await this.store.position())?.agreedAt ?? null })
    // Not done, and nothing that somebody has to look at; or not answered at all. It is not asked for again at once.
    for (const id of ids) if (this.store.queue.of(id)?.state === 'waiting') resting.add(id)
    await this.tidy(answer.server_time)
    const isMore = answer.has_more || answer.scopes_differ || (pulls && this.sendsApart)
    return isMore || (await this.hasToSend(resting)) ? 'again' : 'done'
  }

  private async nextCall(pulls: boolean, resting: Set<string>): Promise<SyncRequest> {
    const request = await this.store.nextCall({ pulls, mutations: this.mutations, resting })
    if (!this.sendsApart || !request.mutations.length || request.cursor === null) return request
    return this.store.nextCall({ pulls: false, mutations: this.mutations, resting })
  }

  private async take(request: SyncRequest, answer: Parameters<DeviceStore['taking']['answer']>[1]): Promise<void> {
    try {
      await this.store.taking.answer(request, answer)
    } catch (error) {
      if (!isQuota(error)) throw error
      // What was done has to be known; what is new can come later.
      this.need('room')
      await withRoom(this.store.makeRoom, () => this.store.taking.answer(request, answer, { withChanges: false }))
    }
  }

  private async load(resting: Set<string>): Promise<void> {
    this.say({ phase: 'loading', loaded: 0, total: 0 })
    const send = async () => {
      if (await this.hasToSend(resting)) await this.call(false, resting)
      this.say({ phase: 'loading' })
    }
    const progress = {
      begun: (total: number) => this.say({ loaded: 0, total }),
      loaded: (count: number) => this.say({ loaded: this.state.peek().loaded + count }),
      pause: send,
    }
    try {
      const isWhole = await loadCharts(this.store, this.transport, progress)
      if (!isWhole) throw new NoNetwork('The line was cut')
    } catch (error) {
      // The server is of another epoch, or another tab began anew: the next call finds out.
      if (!(error instanceof RangeError)) throw error
      await this.comeToTerms()
    }
  }

  private async hasToSend(resting: Set<string>): Promise<boolean> {
    const { mutations } = await this.store.nextCall({ pulls: false, mutations: 1, resting })
    return mutations.length > 0
  }

  /** Asks the server whether the device's epoch still is its own. */
  private async comeToTerms(): Promise<void> {
    const request = await this.store.nextCall({ pulls: false, mutations: 1, resting: new Set() })
    const answer = await this.transport.exchange({ ...request, mutations: [] })
    if (!isAnswer(answer)) await this.problem(answer, request)
  }

  private async problem(problem: ProblemBody, request: SyncRequest): Promise<RoundEnd | 'again' | 'anew'> {
    switch (problem.code) {
      case 'epoch_changed':
        if (typeof problem.epoch !== 'string') break
        await this.store.taking.newEpoch(problem.epoch, (problem.restored_to ?? null) as string | null)
        return 'anew'
      case 'invalid':
        // Nothing but the position is judged with the call: without one it is understood.
        if (request.cursor === null) break
        await this.store.taking.cursorExpired()
        return 'anew'
      case 'cursor_expired':
        await this.store.taking.cursorExpired()
        return 'anew'
    }
    const [first, ...others] = request.mutations
    // What is to be pulled may be at fault, a chart that cannot be read: what was sent is to be heard of all the same.
    if (first && problem.status >= 500 && request.cursor !== null) {
      this.sendsApart = true
      return 'again'
    }
    if (!first || !ABOUT_WHAT_IS_SENT.includes(problem.code)) return this.refused(problem)
    // Too much at once, or one of them is not to be borne: found by halves.
    if (others.length) this.mutations = Math.ceil(request.mutations.length / 2)
    else await this.store.taking.refuse(first.mutation_id, problem)
    return 'again'
  }

  private refused(problem: ProblemBody): RoundEnd {
    this.say({ problem })
    if (problem.status === 401) {
      this.need(problem.code === 'device_revoked' ? 'revoked' : 'sign_in')
      return 'needs'
    }
    return 'later'
  }

  private outOfRoom(): RoundEnd {
    this.need('room')
    return 'later'
  }

  private async tidy(serverTime: string): Promise<void> {
    if (this.isTidy) return
    this.isTidy = true
    await this.store.taking.tidy(serverTime)
  }

  private say(news: Partial<SyncState> & { phase?: SyncPhase }) {
    this.state.value = { ...this.state.peek(), ...news }
  }
}

/** Refusals of a whole call for what one of its mutations is, or for how many they are. */
const ABOUT_WHAT_IS_SENT = ['too_large', 'too_many_mutations', 'malformed_body']
