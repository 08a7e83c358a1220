/** Content that only the device's key can read. */
export interface Sealed {
  iv: Uint8Array<ArrayBuffer>
  bytes: ArrayBuffer
}

/** The data key, wrapped by a passphrase. */
export interface WrappedKey {
  salt: Uint8Array<ArrayBuffer>
  iterations: number
  iv: Uint8Array<ArrayBuffer>
  wrapped: ArrayBuffer
}

/** OWASP's figure for PBKDF2 with SHA-256. */
export const ITERATIONS = 600_000

const AES = { name: 'AES-GCM', length: 256 } as const
const IV_BYTES = 12
const utf8 = new TextEncoder()
const readUtf8 = new TextDecoder()

export async function newKey(crypto: Crypto, passphrase: string, iterations: number): Promise<WrappedKey> {
  const key = await crypto.subtle.generateKey(AES, true, ['encrypt', 'decrypt'])
  return wrapKey(crypto, key, passphrase, iterations)
}

/** The key, which nobody can take out of the browser's hands again; null for a wrong passphrase. */
export function openKey(crypto: Crypto, wrapped: WrappedKey, passphrase: string): Promise<CryptoKey | null> {
  return unwrapKey(crypto, wrapped, passphrase, false)
}

/** The same key under another passphrase; null where the old one is wrong. */
export async function rewrapKey(crypto: Crypto, wrapped: WrappedKey, old: string, next: string) {
  const key = await unwrapKey(crypto, wrapped, old, true)
  return key && wrapKey(crypto, key, next, wrapped.iterations)
}

async function wrapKey(crypto: Crypto, key: CryptoKey, passphrase: string, iterations: number): Promise<WrappedKey> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const around = await keyOfPassphrase(crypto, passphrase, salt, iterations)
  return { salt, iterations, iv, wrapped: await crypto.subtle.wrapKey('raw', key, around, { name: AES.name, iv }) }
}

async function unwrapKey(crypto: Crypto, kept: WrappedKey, passphrase: string, isExtractable: boolean) {
  const around = await keyOfPassphrase(crypto, passphrase, kept.salt, kept.iterations)
  const way = { name: AES.name, iv: kept.iv }
  return crypto.subtle
    .unwrapKey('raw', kept.wrapped, around, way, AES, isExtractable, ['encrypt', 'decrypt'])
    .catch((error: unknown) => {
      if (error instanceof Error && error.name === 'OperationError') return null
      throw error
    })
}

/** NFKC: the same passphrase, whichever keyboard it was typed on. */
async function keyOfPassphrase(crypto: Crypto, passphrase: string, salt: Uint8Array<ArrayBuffer>, iterations: number) {
  const typed = utf8.encode(passphrase.normalize('NFKC'))
  const raw = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveKey'])
  const way = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations }
  return crypto.subtle.deriveKey(way, raw, AES, false, ['wrapKey', 'unwrapKey'])
}

/** Seals a JSON value for one place: moved to another, it does not open. */
export async function seal(crypto: Crypto, key: CryptoKey, place: string, value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const way = { name: AES.name, iv, additionalData: utf8.encode(place) }
  return { iv, bytes: await crypto.subtle.encrypt(way, key, utf8.encode(JSON.stringify(value))) }
}

/** Errors: OperationError for content that was changed or moved. */
export async function unseal<T>(crypto: Crypto, key: CryptoKey, place: string, { iv, bytes }: Sealed): Promise<T> {
  const way = { name: AES.name, iv, additionalData: utf8.encode(place) }
  return JSON.parse(readUtf8.decode(await crypto.subtle.decrypt(way, key, bytes))) as T
}
