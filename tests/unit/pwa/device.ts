import 'fake-indexeddb/auto'
import type {} from '@japa/assert'
import { IDBFactory } from 'fake-indexeddb'
import type { Clock, TabChannel, TabMessage } from '#pwa/device/core'
import { openDeviceStore, type DeviceStore } from '#pwa/device/open_device_store'
import type { DeviceCredential, Person } from '#pwa/device/types'

export const PASSPHRASE = 'une phrase de passe'

export const SOMEBODY: Person = {
  id: '01890000-0000-7000-8000-00000000d0c1',
  name: 'Dr Awa Sarr',
  email: 'awa.sarr@example.org',
  roles: ['doctor'],
  permissions: ['charts.view', 'patients.view'],
  language: 'fr',
}

export const CREDENTIAL: DeviceCredential = {
  deviceId: '01890000-0000-7000-8000-0000000de71c',
  credential: 'a-secret-of-this-device',
  expiresAt: '2030-01-01T00:00:00.000Z',
}

/** A clock that stands until it is moved; what is due then happens. */
export class TestClock implements Clock {
  private milliseconds = Date.parse('2026-03-10T09:00:00.000Z')
  private steadily = 0
  private waiting: { at: number; work: () => void }[] = []

  now() {
    return this.milliseconds
  }

  steady() {
    return this.steadily
  }

  after(milliseconds: number, work: () => void) {
    const entry = { at: this.steadily + milliseconds, work }
    this.waiting.push(entry)
    return () => void (this.waiting = this.waiting.filter((other) => other !== entry))
  }

  /** Only the wall clock, as when a laptop slept or somebody set it. */
  jump(milliseconds: number) {
    this.milliseconds += milliseconds
  }

  pass(milliseconds: number) {
    this.milliseconds += milliseconds
    this.steadily += milliseconds
    const due = this.waiting.filter(({ at }) => at <= this.steadily)
    this.waiting = this.waiting.filter(({ at }) => at > this.steadily)
    for (const { work } of due) work()
  }
}

export interface DeviceOptions {
  indexedDB?: IDBFactory
  clock?: Clock
  channel?: TabChannel
}

export function closedDevice({ indexedDB = new IDBFactory(), clock = new TestClock(), channel }: DeviceOptions = {}) {
  return openDeviceStore({ indexedDB, crypto: globalThis.crypto, clock, name: 'test', channel, iterations: 10 })
}

/** A new device that is open. */
export async function openDevice(options: DeviceOptions = {}): Promise<DeviceStore> {
  const store = closedDevice(options)
  await store.lockbox.look()
  await store.lockbox.create(PASSPHRASE, SOMEBODY, CREDENTIAL)
  return store
}

/** The same disk after a crash: nothing of the former process is left. */
export async function reopened(options: DeviceOptions): Promise<DeviceStore> {
  const store = closedDevice(options)
  await store.lockbox.look()
  await store.lockbox.unlock(PASSPHRASE)
  return store
}

/** Tabs of one browser. */
export class TestTabs {
  private readonly tabs = new Set<(message: TabMessage) => void>()

  channel(): TabChannel {
    const own = new Set<(message: TabMessage) => void>()
    return {
      tell: (message) => {
        for (const hear of this.tabs) if (!own.has(hear)) hear(structuredClone(message))
      },
      listen: (hear) => {
        own.add(hear)
        this.tabs.add(hear)
      },
      close: () => {
        for (const hear of own) this.tabs.delete(hear)
      },
    }
  }
}

/** All that is on the disk, as text. */
export async function dump(indexedDB: IDBFactory): Promise<string> {
  const request = indexedDB.open('test')
  const database = await new Promise<IDBDatabase>((resolve) => (request.onsuccess = () => resolve(request.result)))
  const lines: string[] = []
  for (const store of database.objectStoreNames) {
    const all = database.transaction(store).objectStore(store).getAll()
    const values = await new Promise<unknown[]>((resolve) => (all.onsuccess = () => resolve(all.result)))
    lines.push(...values.map((value) => JSON.stringify(value, readable)))
  }
  database.close()
  return lines.join('\n')
}

function readable(_: string, value: unknown) {
  if (value instanceof ArrayBuffer) return Buffer.from(value).toString('latin1')
  return value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value
}

/** Fails at the n-th transaction from now on, as a browser that is killed does; 0 for none. */
export function crashAt(nth: number) {
  const proto = IDBDatabase.prototype
  const { transaction } = proto
  let left = nth
  proto.transaction = function (this: IDBDatabase, ...told) {
    const tx = transaction.apply(this, told)
    if (told[1] === 'readwrite' && --left === 0) {
      tx.abort()
      throw new Error('crash')
    }
    return tx
  }
  return {
    isOver: () => left <= 0,
    end: () => void (proto.transaction = transaction),
  }
}

/** A disk on which so many more records fit; one that is deleted makes room for another. */
export function diskWithRoomFor(records: number) {
  const proto = IDBObjectStore.prototype
  const { put, add, delete: remove } = proto
  let left = records
  const counted = ['rows', 'outbox', 'drafts']
  const taking = (write: typeof put) =>
    function (this: IDBObjectStore, ...told: Parameters<typeof put>) {
      if (counted.includes(this.name) && left-- <= 0) {
        left = Math.max(left, 0)
        throw new DOMException('full', 'QuotaExceededError')
      }
      return write.apply(this, told)
    }
  Object.assign(proto, { put: taking(put), add: taking(add) })
  proto.delete = function (this: IDBObjectStore, key) {
    if (counted.includes(this.name)) left++
    return remove.call(this, key)
  }
  return {
    extend: (more: number) => void (left += more),
    end: () => void Object.assign(proto, { put, add, delete: remove }),
  }
}
