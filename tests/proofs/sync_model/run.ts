import { clockOffset, moveClock } from '#app/core/clock'
import type { Action } from '#tests/proofs/sync_model/actions'
import { refuseDifference, refuseLoss } from '#tests/proofs/sync_model/checks'
import { Damage } from '#tests/proofs/sync_model/damage'
import { crashingAt, ModelDevice } from '#tests/proofs/sync_model/model_device'
import { assign, forgetChanges, restore, writeElsewhere, type World } from '#tests/proofs/sync_model/world'
import { orderFor, type Written } from '#tests/proofs/sync_model/written'

/** Rounds in which all devices have nothing left to do, at the latest. */
const MOST_ROUNDS = 30
/** Rounds after which whatever others have to send again has come. */
const PATIENT_ROUNDS = 12
const DAY = 86_400_000

/** Faults that a proof plants to see itself fail. */
export interface Planted {
  /** A write that was sent counts as done, whether an answer came or not. */
  forgetsUnanswered?: boolean
}

/** How often each thing happened, so that a proof says of what it is one. */
export type Tally = Map<string, number>

/** One history of three devices and their server; fails where something is lost or they do not agree in the end. */
export class Run {
  private devices: ModelDevice[] = []
  private written: Written[] = []
  private copiedAt: Date | null = null
  private tokens = 0
  private readonly damage: Damage

  constructor(
    private readonly world: World,
    private readonly tally: Tally,
    private readonly planted: Planted = {}
  ) {
    this.damage = new Damage(world)
  }

  async play(actions: Action[]): Promise<void> {
    const [first, second] = this.world.doctors
    await this.world.copies.restore('first')
    this.devices = [new ModelDevice(first, 0), new ModelDevice(first, 0), new ModelDevice(second, 1)]
    for (const device of this.devices) {
      await device.enrol()
      await device.round()
    }
    try {
      moveClock(0)
      for (const action of actions) await this.act(action)
      await this.settleAll()
      for (const [index, device] of this.devices.entries()) await refuseDifference(device, index)
      await refuseLoss(this.devices, this.written)
    } finally {
      moveClock(0)
      for (const { store } of this.devices) await store.close()
    }
  }

  private async act(action: Action): Promise<void> {
    this.count(action.kind === 'sync' ? `${action.kind}, ${action.fault}` : action.kind)
    const device = 'device' in action ? this.devices[action.device]! : this.devices[0]!
    switch (action.kind) {
      case 'write':
        return this.write(action)
      case 'sync':
        device.line.fault = action.fault
        return this.round(device)
      case 'both sync':
        return void (await Promise.all([...new Set(action.devices)].map((index) => this.round(this.devices[index]!))))
      case 'crash':
        await crashingAt(action.nth, async () => {
          await this.write(action)
          await device.round()
        })
        return device.reopen()
      case 'settle':
        return this.settle(device, action.how)
      case 'again':
        return this.again(device, action.how)
      case 'deliver':
        return device.line.deliver()
      case 'clock':
        return device.clock.jump(action.hours)
      case 'lock':
        return device.relock()
      case 'assign':
      case 'unassign':
        return assign(this.world, action.doctor, action.patient, action.kind === 'assign')
      case 'elsewhere':
        return this.damage.around(() => writeElsewhere(this.world, action.which, this.token()))
      case 'copy':
        this.copiedAt = new Date()
        return this.damage.around(() => this.world.copies.keep('later'))
      case 'restore':
        return this.copiedAt ? this.damage.around(() => restore(this.world, this.copiedAt!)) : undefined
      case 'forget':
        return forgetChanges()
      case 'damage':
        return this.damage.spoil(action.which)
      case 'mend':
        return this.damage.mend()
    }
  }

  private async write(action: Extract<Action, { kind: 'write' | 'crash' }>): Promise<void> {
    const device = this.devices[action.device]!
    const token = this.token()
    const order = await orderFor(device, action, token)
    if (!order) return
    const { id } = await device.store.writing.write(order)
    this.count(order.name)
    this.written.push({ name: order.name, recordId: id, scope: order.scope || id, token, device: action.device })
  }

  private async round(device: ModelDevice): Promise<void> {
    const sent = device.store.outbox.peek().filter(({ state }) => state === 'waiting')
    const end = await device.round()
    this.count(`round: ${end}`)
    const waits = device.store.outbox.peek().some(({ again, state }) => again && state === 'waiting')
    if (waits && end === 'later') this.count('round: waits for what others have to send again')
    if (this.planted.forgetsUnanswered && end === 'offline')
      for (const { mutationId } of sent) await forget(device, mutationId)
  }

  private async settle(device: ModelDevice, how: 'mine' | 'theirs' | 'another'): Promise<void> {
    for (const item of device.store.outbox.peek().filter(({ state }) => state === 'conflict')) {
      const fields = Object.keys(item.data).filter((field) => field !== 'consultation')
      const chosen = {
        mine: item.data,
        theirs: Object.fromEntries(fields.map((field) => [field, item.theirs!.data[field] ?? null])),
        another: Object.fromEntries(fields.map((field) => [field, this.token()])),
      }[how]
      this.count(`conflict: ${item.name}`)
      await device.store.writing.settle(item.mutationId, chosen)
    }
  }

  private async again(device: ModelDevice, how: 'as it was' | 'corrected' | 'aside'): Promise<void> {
    for (const { mutationId, data, problem, again } of device.store.outbox
      .peek()
      .filter(({ state }) => state === 'refused')) {
      this.count(`refused: ${problem!.code}${again ? ', after a restore' : ''}`)
      // Somebody has to send it again first, who has time for it.
      if (again && ['not_found', 'forbidden'].includes(problem!.code) && clockOffset() === 0)
        throw new Error(`refused too early: ${problem!.code} of ${mutationId}`)
      const { writing } = device.store
      if (how === 'as it was') await writing.sendAgain(mutationId)
      else if (how === 'aside') await writing.setAside(mutationId)
      else await writing.correctRefused(mutationId, data)
    }
  }

  /** Everybody is in care again, the line is good, and somebody looks after what is in conflict or refused. */
  private async settleAll(): Promise<void> {
    await this.damage.mend()
    for (const { line } of this.devices) await line.deliver()
    for (const device of this.devices) device.line.fault = 'none'
    for (const doctor of [0, 1]) for (const patient of [0, 1]) await assign(this.world, doctor, patient, true)
    for (let round = 0; round < MOST_ROUNDS; round++) {
      // What waited for others all that time has waited long enough.
      if (round === PATIENT_ROUNDS) moveClock(8 * DAY)
      const before = await this.heads()
      for (const device of this.devices) {
        device.clock.jump(1)
        await device.round()
        await this.settle(device, 'mine')
        await this.again(device, 'aside')
        await this.setAsideStuck(device)
      }
      const isDone = this.devices.every(
        ({ store }) => store.waitingCount.peek() === 0 && store.unreadable.peek().length === 0
      )
      if (isDone && before === (await this.heads())) return
    }
    const left = this.devices.map(({ store }) => store.outbox.peek().map(({ name, state }) => `${name} ${state}`))
    throw new Error(`they do not come to rest: ${JSON.stringify(left)}`)
  }

  /** What waits for something that was set aside is set aside with it. */
  private async setAsideStuck({ store }: ModelDevice): Promise<void> {
    for (const { mutationId } of store.outbox.peek().filter(({ state }) => state === 'deferred'))
      await store.writing.setAside(mutationId)
  }

  private async heads(): Promise<string> {
    const positions = await Promise.all(this.devices.map(({ store }) => store.position()))
    return JSON.stringify(positions.map((position) => [position!.epoch, position!.cursor, position!.wanted]))
  }

  private token(): string {
    return `token${String(++this.tokens).padStart(4, '0')}`
  }

  private count(what: string) {
    this.tally.set(what, (this.tally.get(what) ?? 0) + 1)
  }
}

/** Behind the back of the device. */
async function forget({ store }: ModelDevice, mutationId: string): Promise<void> {
  const request = store.around.indexedDB.open(`${store.around.name}`)
  const database = await new Promise<IDBDatabase>((resolve) => (request.onsuccess = () => resolve(request.result)))
  const tx = database.transaction('outbox', 'readwrite')
  tx.objectStore('outbox').delete(mutationId)
  await new Promise((resolve) => (tx.oncomplete = resolve))
  database.close()
  await store.queue.reload()
}
