import { Unavailable } from '#app/core/problem'

/** A key-encryption key as far as anybody may know it. */
export interface KekFacts {
  uri: string
  /** ISO 8601; null where the provider does not tell. */
  createdAt: string | null
  /** `retired`: nothing of this database is wrapped with it any more; backups may be. */
  state: 'active' | 'decrypt' | 'retired'
}

/** Where the key-encryption key lives. It never leaves the provider: it wraps and unwraps the few keys below it. */
export interface KeyProvider {
  readonly name: 'local' | 'kms'
  /** Names the key that wraps now, such as `local:2026-11-22-ab12cd34`; kept beside everything it wrapped. */
  activeUri(): Promise<string>
  /**
   * `context` is bound as additional data: what was wrapped for one use does not unwrap for another.
   * Errors: KeyProviderUnavailable.
   */
  wrap(plain: Buffer, context: string): Promise<{ kekUri: string; wrapped: Buffer }>
  unwrap(wrapped: Buffer, kekUri: string, context: string): Promise<Buffer>
  /** The keys that it knows of, without their material. */
  describe(): Promise<KekFacts[]>
  /** Has a fresh key wrap from now on, and names it. Asked again with the same name it makes no second one. */
  renew(name: string): Promise<string>
  /** Notes that only these keys still wrap something of this database. None is deleted: backups need the others. */
  retireAllBut(inUse: string[]): Promise<void>
}

/**
 * The provider answers, and the bytes do not open: they are damaged, or another key wrapped them. Waiting mends nothing,
 * so that it is no KeyProviderUnavailable.
 */
export class KeyDoesNotOpen extends Error {
  constructor(what: string, options?: ErrorOptions) {
    super(`${what} does not open`, options)
    this.name = 'KeyDoesNotOpen'
  }
}

/** Answered as 503 until the provider is back: nothing is ever written in clear instead. */
export class KeyProviderUnavailable extends Unavailable {
  constructor(options?: { cause?: unknown }) {
    super('keys_unavailable', options)
  }
}
