import { wrap, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb'
import type { Entity, MutationName, MutationResult } from '#app/sync/protocol'
import type { OutboxState, UnreadableChart } from '#pwa/device/types'
import type { Sealed, WrappedKey } from '#pwa/device/seal'

/** A record as the server has it. Beside what is sealed only ids, versions and states are stored. */
export interface StoredRow {
  /** `entity/id` */
  key: string
  entity: Entity
  id: string
  /** The patient's id. */
  scope: string
  version: number
  /** The load during or after which it came: what a later load brings is newer, whatever its version. */
  load: number
  sealed: Sealed
}

export interface StoredItem {
  mutationId: string
  clientSeq: number
  name: MutationName
  entity: Entity
  recordId: string
  scope: string
  /** Never `sending` or `deferred`, which are found out of the others. */
  state: Exclude<OutboxState, 'sending' | 'deferred'>
  baseVersion: number | null
  dependsOn: string[]
  /** 1 once it may have reached the server: from then on it is sent again as it was. */
  tried: 0 | 1
  /** By the server's clock, ISO 8601. */
  acknowledgedAt?: string
  result?: MutationResult['status']
  late?: true
  /** Stood in the outbox when a backup was restored, or was acknowledged since that backup. */
  again?: 1
  /** What is written once: data, base, lost, the time of writing. */
  content: Sealed
  /** Of a refusal or a conflict. */
  outcome?: Sealed
}

/** A losing side of a conflict. */
export interface StoredLoser {
  key: string
  recordId: string
  scope: string
  sealed: Sealed
}

/** A load that is not complete: where it began, and up to which patient it came. */
export interface Loading {
  cursor: string | null
  after: string | null
  isTodayDone: boolean
}

/** A chart that the server could not read. */
export interface UnreadableMark extends UnreadableChart {
  /** During or after which it said so last. */
  load: number
  /** By the device's clock, in milliseconds. */
  askedAt: number
}

/** How far device and server have come. */
export interface Position {
  deviceId: string
  epoch: string | null
  cursor: string | null
  /** Counts loads. */
  load: number
  /** Of everything; null once it is complete. */
  loading: Loading | null
  /** Charts still to be loaded. */
  wanted: string[]
  /** Charts to be forgotten, once what was written about them is sent. */
  purging: string[]
  /** The server wants the names of all charts. */
  isAskedForScopes: boolean
  /** They count as held, though there may be nothing of them. */
  unreadable: UnreadableMark[]
  /** When the server first answered in this epoch, by its clock. */
  epochMetAt: string | null
  agreedAt: string | null
}

interface Meta {
  key: WrappedKey
  position: Position
  seq: number
  person: Sealed
  credential: Sealed
  /** Takes room until a write needs it. */
  reserve: Uint8Array
  /** When each chart was opened last, in milliseconds. */
  opened: Record<string, number>
}

export interface DeviceSchema extends DBSchema {
  meta: { key: keyof Meta; value: Meta[keyof Meta] }
  rows: { key: string; value: StoredRow; indexes: { scope: string } }
  outbox: { key: string; value: StoredItem; indexes: { state: string } }
  history: { key: string; value: StoredLoser; indexes: { recordId: string; scope: string } }
  drafts: { key: string; value: { key: string; sealed: Sealed } }
}

export type Store = StoreNames<DeviceSchema>
export type Transaction = IDBPTransaction<DeviceSchema, Store[], 'readwrite'>
export type Database = IDBPDatabase<DeviceSchema>

const VERSION = 1
export const STORES: Store[] = ['meta', 'rows', 'outbox', 'history', 'drafts']

/** `isClosed` is told when the browser or another tab closes it. */
export async function openDatabase(indexedDB: IDBFactory, name: string, isClosed: () => void): Promise<Database> {
  const request = indexedDB.open(name, VERSION)
  request.onupgradeneeded = () => makeStores(request.result)
  const database = wrap(await settled(request)) as unknown as Database
  database.onversionchange = () => {
    database.close()
    isClosed()
  }
  database.onclose = isClosed
  return database
}

function makeStores(database: IDBDatabase) {
  database.createObjectStore('meta')
  database.createObjectStore('rows', { keyPath: 'key' }).createIndex('scope', 'scope')
  database.createObjectStore('outbox', { keyPath: 'mutationId' }).createIndex('state', 'state')
  const history = database.createObjectStore('history', { keyPath: 'key' })
  history.createIndex('recordId', 'recordId')
  history.createIndex('scope', 'scope')
  database.createObjectStore('drafts', { keyPath: 'key' })
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

/**
 * Runs `work` in one transaction and returns when it is on the disk: all of it or nothing. Inside, only the
 * transaction's own requests may be awaited; it ends at anything else.
 */
export async function change<T>(
  database: Database,
  stores: Store[],
  work: (tx: Transaction) => Promise<T>
): Promise<T> {
  const tx = database.transaction(stores, 'readwrite', { durability: 'strict' })
  // A request that failed and an aborted transaction both say so: one of them is enough.
  tx.done.catch(() => {})
  try {
    const result = await work(tx)
    await tx.done
    return result
  } catch (error) {
    abort(tx)
    throw tx.error ?? error
  }
}

function abort(tx: Transaction) {
  try {
    tx.abort()
  } catch {
    // It is over already.
  }
}

export async function metaOf<K extends keyof Meta>(database: Database, key: K): Promise<Meta[K] | undefined> {
  return (await database.get('meta', key)) as Meta[K] | undefined
}

export async function metaIn<K extends keyof Meta>(tx: Transaction, key: K): Promise<Meta[K] | undefined> {
  return (await tx.objectStore('meta').get(key)) as Meta[K] | undefined
}

export async function putMeta<K extends keyof Meta>(tx: Transaction, key: K, value: Meta[K]): Promise<void> {
  await tx.objectStore('meta').put(value, key)
}

/** Whether the browser has no more room. */
export function isQuota(error: unknown): boolean {
  return error instanceof Error && error.name === 'QuotaExceededError'
}
