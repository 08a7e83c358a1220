import { Unavailable } from '#app/core/problem'

/** Where the key-encryption key lives. It never leaves the provider: it wraps and unwraps the few keys below it. */
export interface KeyProvider {
  /** Names the key that wraps now, such as `local:2026-11-22-ab12cd34`; kept beside everything it wrapped. */
  activeUri(): Promise<string>
  /**
   * `context` is bound as additional data: what was wrapped for one use does not unwrap for another.
   * Errors: KeyProviderUnavailable.
   */
  wrap(plain: Buffer, context: string): Promise<{ kekUri: string; wrapped: Buffer }>
  unwrap(wrapped: Buffer, kekUri: string, context: string): Promise<Buffer>
}

/** Answered as 503 until the provider is back: nothing is ever written in clear instead. */
export class KeyProviderUnavailable extends Unavailable {
  constructor(options?: { cause?: unknown }) {
    super('keys_unavailable', options)
  }
}
