import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto'

const ALGORITHM = 'aes-256-gcm'
const NONCE = 12
const TAG = 16
// Without it Node 24 accepts a tag of four bytes (DEP0182), which is forged in an afternoon.
const OPTIONS = { authTagLength: TAG }

// Asked of the system by the thousand: one call for each nonce costs more than the encryption.
let random = Buffer.alloc(0)
let used = 0

/** Bytes that nobody has had before. */
export function freshBytes(length: number): Buffer {
  if (used + length > random.length) {
    random = randomBytes(8192)
    used = 0
  }
  const bytes = Buffer.from(random.subarray(used, used + length))
  random.fill(0, used, used + length)
  used += length
  return bytes
}

/** nonce 12 | ciphertext | tag 16. `key` is a KeyObject: a Buffer would be imported anew at every call. */
export function seal(key: KeyObject, plain: Buffer, additionalData: Buffer): Buffer {
  const nonce = freshBytes(NONCE)
  const cipher = createCipheriv(ALGORITHM, key, nonce, OPTIONS)
  cipher.setAAD(additionalData)
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Errors: whatever node:crypto throws when the key, the additional data or one bit differs. */
export function open(key: KeyObject, sealed: Buffer, additionalData: Buffer): Buffer {
  if (sealed.length < NONCE + TAG) throw new Error('shorter than a nonce and a tag')
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE), OPTIONS)
  decipher.setAAD(additionalData)
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG))
  return Buffer.concat([decipher.update(sealed.subarray(NONCE, sealed.length - TAG)), decipher.final()])
}
