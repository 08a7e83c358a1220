import { signal } from '@preact/signals'
import { openDatabase, type Database } from '#pwa/device/database'
import { seal, unseal, type Sealed } from '#pwa/device/seal'
import type { Person } from '#pwa/device/types'

export type VaultState = 'unknown' | 'none' | 'locked' | 'open'

export interface Clock {
  /** Milliseconds since 1970; may jump. */
  now(): number
  /** Milliseconds since any moment; never goes back, and may stand still while the machine sleeps. */
  steady(): number
  /** @returns what calls it off */
  after(milliseconds: number, work: () => void): () => void
}

/** What the tabs of one browser tell each other. */
export type TabMessage =
  | { kind: 'changed'; scopes: string[] | 'all' }
  | { kind: 'locked' }
  | { kind: 'touched' }
  | { kind: 'wish'; isAnew: boolean }
  | { kind: 'sync'; sync: unknown }

export interface TabChannel {
  tell(message: TabMessage): void
  listen(hear: (message: TabMessage) => void): void
  close(): void
}

export interface Surroundings {
  indexedDB: IDBFactory
  crypto: Crypto
  clock: Clock
  /** Of the database; two devices in one process have two. */
  name: string
  channel?: TabChannel
  /** Bytes that the browser would still give; without it, one finds out. */
  roomLeft?: () => Promise<number>
  /** Bytes that only writes may use; none where it is left out. */
  reserve?: number
  /** Of PBKDF2, for tests. */
  iterations?: number
}

/** The store is locked: what is sealed can be neither read nor written. */
export class Locked extends Error {
  constructor() {
    super('The store is locked')
  }
}

/** What all parts of the store share: its database, its key, and who has to be told of a change. */
export class Core {
  readonly state = signal<VaultState>('unknown')
  readonly person = signal<Person | null>(null)
  key: CryptoKey | null = null
  private opening: Promise<Database> | null = null
  private followers: ((scopes: string[] | 'all') => Promise<void>)[] = []
  private latest: Promise<unknown> = Promise.resolve()

  constructor(readonly around: Surroundings) {}

  database(): Promise<Database> {
    const { indexedDB, name } = this.around
    this.opening ??= openDatabase(indexedDB, name, () => (this.opening = null)).catch((error) => {
      this.opening = null
      throw error
    })
    return this.opening
  }

  async close(): Promise<void> {
    const database = await this.opening
    this.opening = null
    database?.close()
    this.around.channel?.close()
  }

  /** Errors: Locked. */
  seal(place: string, value: unknown): Promise<Sealed> {
    if (!this.key) throw new Locked()
    return seal(this.around.crypto, this.key, place, value)
  }

  /** Errors: Locked. */
  unseal<T>(place: string, sealed: Sealed): Promise<T> {
    if (!this.key) throw new Locked()
    return unseal<T>(this.around.crypto, this.key, place, sealed)
  }

  /** Called after each change, here or in another tab, with the patients whose charts it touched. */
  follow(follower: (scopes: string[] | 'all') => Promise<void>) {
    this.followers.push(follower)
  }

  /** After a change of this tab: returns when everybody here has seen it. */
  async changed(scopes: string[] | 'all'): Promise<void> {
    this.around.channel?.tell({ kind: 'changed', scopes })
    await this.refresh(scopes)
  }

  async settled(): Promise<void> {
    await this.latest
  }

  /** One after the other, so that an older look never comes after a newer one. */
  refresh(scopes: string[] | 'all'): Promise<void> {
    const next = this.latest.then(async () => {
      if (this.state.peek() !== 'open') return
      try {
        for (const follower of this.followers) await follower(scopes)
      } catch (error) {
        // Locked in the middle: there is nothing left to show.
        if (!(error instanceof Locked)) throw error
      }
    })
    this.latest = next.catch(() => {})
    return next
  }
}
