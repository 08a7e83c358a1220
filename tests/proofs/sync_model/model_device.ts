import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { newUuid } from '#app/core/ids'
import type User from '#app/users/user'
import { Locked, type Clock } from '#pwa/device/core'
import { openDeviceStore, type DeviceStore } from '#pwa/device/open_device_store'
import { Engine, type RoundEnd } from '#pwa/sync/engine'
import { BadLine } from '#tests/proofs/sync_model/bad_line'
import { serverDoor } from '#tests/proofs/sync_model/server_door'

const PASSPHRASE = 'une phrase de passe'

class JumpingClock implements Clock {
  private ahead = 0
  now = () => Date.now() + this.ahead
  steady = () => performance.now()
  after = () => () => {}

  jump(hours: number) {
    this.ahead += hours * 3_600_000
  }
}

/** A device of the app: its own store on a disk of its own, which outlives every crash. */
export class ModelDevice {
  readonly clock = new JumpingClock()
  readonly line: BadLine
  readonly uuid = newUuid()
  store!: DeviceStore
  engine!: Engine
  private readonly disk = new IDBFactory()

  constructor(
    readonly user: User,
    readonly doctor: number
  ) {
    this.line = new BadLine(serverDoor(user, this.uuid))
  }

  async enrol(): Promise<this> {
    const { uuid: id, name, email } = this.user
    const person = { id: id!, name, email, roles: ['doctor'], permissions: [], language: 'fr' as const }
    this.fresh()
    const credential = { deviceId: this.uuid, credential: 'none', expiresAt: '2099-01-01T00:00:00.000Z' }
    await this.store.lockbox.create(PASSPHRASE, person, credential)
    return this
  }

  /** As after a crash: nothing but the disk is left. */
  async reopen(): Promise<void> {
    await this.store.close()
    this.fresh()
    if (!(await this.store.lockbox.unlock(PASSPHRASE))) throw new Error('The passphrase opens nothing any more')
  }

  async relock(): Promise<void> {
    this.store.lockbox.lock()
    await this.store.drafts.keep('x', 1).then(
      () => {
        throw new Error('Something was written while it was locked')
      },
      (error: unknown) => {
        if (!(error instanceof Locked)) throw error
      }
    )
    await this.store.lockbox.unlock(PASSPHRASE)
  }

  round(): Promise<RoundEnd> {
    return this.engine.round()
  }

  private fresh() {
    const around = { indexedDB: this.disk, crypto: globalThis.crypto, clock: this.clock, name: 'model', iterations: 1 }
    this.store = openDeviceStore(around)
    this.engine = new Engine(this.store, this.line)
  }
}

/** Works until the n-th write transaction of a disk, at which the process ends. */
export async function crashingAt(nth: number, work: () => Promise<unknown>): Promise<void> {
  const proto = IDBDatabase.prototype
  const { transaction } = proto
  let left = nth
  proto.transaction = function (this: IDBDatabase, ...told) {
    if (left <= 0) throw new Error('crash')
    const tx = transaction.apply(this, told)
    if (told[1] === 'readwrite' && --left === 0) {
      tx.abort()
      throw new Error('crash')
    }
    return tx
  }
  try {
    await work()
  } catch (error) {
    if (left > 0) throw error
  } finally {
    proto.transaction = transaction
  }
}
