import type { Core } from '#pwa/device/core'
import { change, metaOf, putMeta, STORES, type Position } from '#pwa/device/database'
import { ITERATIONS, newKey, openKey, rewrapKey } from '#pwa/device/seal'
import type { DeviceCredential, Person } from '#pwa/device/types'

export const SHORTEST_PASSPHRASE = 10
const LOCKS_AFTER = 10 * 60_000
const LOOKS_EVERY = 15_000
/** Other tabs hear of it so often. */
const TELLS_EVERY = 5_000

export class UnsentWork extends Error {
  constructor(readonly count: number) {
    super(`${count} writes were never sent`)
  }
}

/** The device's key: made, opened, locked by itself, destroyed. */
export class Lockbox {
  private callOff = () => {}
  private touchedAt = { now: 0, steady: 0 }
  private toldAt = 0

  constructor(
    private readonly core: Core,
    /** Fills memory once the key is there, and empties it. */
    private readonly memory: { fill: () => Promise<void>; empty: () => void }
  ) {
    core.around.channel?.listen((message) => {
      if (message.kind === 'locked') this.lockHere()
      if (message.kind === 'touched') this.note()
    })
  }

  async look(): Promise<void> {
    if (this.core.key) return
    const key = await metaOf(await this.core.database(), 'key')
    this.core.state.value = key ? 'locked' : 'none'
  }

  /** Errors: RangeError for a short passphrase, or where there is a store already. */
  async create(passphrase: string, person: Person, credential: DeviceCredential): Promise<void> {
    refuseShort(passphrase)
    const { crypto, iterations = ITERATIONS } = this.core.around
    const wrapped = await newKey(crypto, passphrase, iterations)
    this.core.key = await openKey(crypto, wrapped, passphrase)
    try {
      const [who, how] = [
        await this.core.seal('meta/person', person),
        await this.core.seal('meta/credential', credential),
      ]
      await change(await this.core.database(), ['meta'], async (tx) => {
        if (await tx.objectStore('meta').getKey('key')) throw new RangeError('There is a store on this device already')
        await putMeta(tx, 'key', wrapped)
        await putMeta(tx, 'person', who)
        await putMeta(tx, 'credential', how)
        await putMeta(tx, 'position', firstPosition(credential.deviceId))
      })
    } catch (error) {
      this.core.key = null
      throw error
    }
    await this.opened()
  }

  async unlock(passphrase: string): Promise<boolean> {
    const wrapped = await metaOf(await this.core.database(), 'key')
    const key = wrapped && (await openKey(this.core.around.crypto, wrapped, passphrase))
    if (!key) return false
    this.core.key = key
    await this.opened()
    return true
  }

  lock(): void {
    if (!this.core.key) return
    this.lockHere()
    this.core.around.channel?.tell({ kind: 'locked' })
  }

  /** Errors: RangeError for a short passphrase. */
  async changePassphrase(old: string, next: string): Promise<boolean> {
    refuseShort(next)
    const database = await this.core.database()
    const wrapped = await metaOf(database, 'key')
    const rewrapped = wrapped && (await rewrapKey(this.core.around.crypto, wrapped, old, next))
    if (!rewrapped) return false
    await change(database, ['meta'], (tx) => putMeta(tx, 'key', rewrapped))
    return true
  }

  /** Errors: UnsentWork. */
  async destroy({ evenUnsent = false } = {}): Promise<void> {
    await change(await this.core.database(), STORES, async (tx) => {
      const byState = tx.objectStore('outbox').index('state')
      const counts = await Promise.all(
        (['waiting', 'refused', 'conflict'] as const).map((state) => byState.count(state))
      )
      const unsent = counts.reduce((sum, count) => sum + count, 0)
      if (unsent > 0 && !evenUnsent) throw new UnsentWork(unsent)
      for (const store of STORES) await tx.objectStore(store).clear()
    })
    this.lock()
    this.lockHere()
    this.core.state.value = 'none'
  }

  async credential(): Promise<DeviceCredential | null> {
    const sealed = await metaOf(await this.core.database(), 'credential')
    return sealed ? this.core.unseal<DeviceCredential>('meta/credential', sealed) : null
  }

  async storeCredential(credential: DeviceCredential): Promise<void> {
    const sealed = await this.core.seal('meta/credential', credential)
    await change(await this.core.database(), ['meta'], (tx) => putMeta(tx, 'credential', sealed))
  }

  touch(): void {
    this.note()
    const { clock, channel } = this.core.around
    if (Math.abs(clock.now() - this.toldAt) < TELLS_EVERY) return
    this.toldAt = clock.now()
    channel?.tell({ kind: 'touched' })
  }

  /** The wall clock goes on while a laptop sleeps, and the steady one when somebody sets the clock back. */
  lockWhenIdle(): void {
    const { clock } = this.core.around
    const idle = Math.max(clock.now() - this.touchedAt.now, clock.steady() - this.touchedAt.steady)
    if (idle >= LOCKS_AFTER) this.lock()
  }

  private note() {
    // Whoever comes back after the time is up finds it locked.
    if (this.core.key) this.lockWhenIdle()
    const { clock } = this.core.around
    this.touchedAt = { now: clock.now(), steady: clock.steady() }
  }

  private async opened(): Promise<void> {
    const { clock } = this.core.around
    this.touchedAt = { now: clock.now(), steady: clock.steady() }
    const sealed = await metaOf(await this.core.database(), 'person')
    this.core.person.value = await this.core.unseal<Person>('meta/person', sealed!)
    this.core.state.value = 'open'
    this.watch()
    await this.memory.fill()
  }

  private watch() {
    this.callOff()
    this.callOff = this.core.around.clock.after(LOOKS_EVERY, () => {
      this.lockWhenIdle()
      if (this.core.key) this.watch()
    })
  }

  private lockHere() {
    this.callOff()
    this.core.key = null
    this.core.person.value = null
    if (this.core.state.peek() === 'open') this.core.state.value = 'locked'
    this.memory.empty()
  }
}

function refuseShort(passphrase: string) {
  if ([...passphrase].length < SHORTEST_PASSPHRASE) throw new RangeError('A passphrase has at least 10 characters')
}

function firstPosition(deviceId: string): Position {
  const nowhere = { epoch: null, cursor: null, epochMetAt: null, agreedAt: null }
  const nothing = { wanted: [], purging: [], isAskedForScopes: false, unreadable: [] }
  return { deviceId, ...nowhere, ...nothing, load: 1, loading: { cursor: null, after: null, isTodayDone: false } }
}
