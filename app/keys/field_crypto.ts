import type { KeyObject } from 'node:crypto'
import { open, seal } from '#app/keys/aead'
import { tally } from '#app/metrics/tally'

/*
 * A sealed field is   0xE1 | algorithm 0x01 | data-key id 8 | nonce 12 | ciphertext | tag 16   : 38 bytes more than the
 * text. The additional data binds it to its place:   len|header  len|table  len|column  len|row uuid   (each length one
 * byte), so that a ciphertext that is moved to another row, column or table does not open there.
 *
 * Example: 'B54' in consultations.diagnosis_code is 41 bytes; copied into another patient's row it is unreadable.
 */
const MAGIC = 0xe1
const AES_256_GCM = 0x01
const HEADER = 10
const PAD_TO = 16

/** Where a field lives; the uuid exists before the row does and never changes. */
export interface Place {
  table: string
  column: string
  uuid: string
}

export interface DataKey {
  id: Buffer
  key: KeyObject
}

/** The field exists and cannot be read: a wrong key, a moved or damaged ciphertext. Never shown as an empty field. */
export class FieldUnreadable extends Error {
  constructor(
    readonly place: Place,
    options?: ErrorOptions
  ) {
    super(`${place.table}.${place.column} of ${place.uuid} cannot be read`, options)
    this.name = 'FieldUnreadable'
    tally.fieldsUnreadable++
  }
}

export function sealField({ id, key }: DataKey, text: string, place: Place, padded = false): Buffer {
  const header = Buffer.concat([Buffer.from([MAGIC, AES_256_GCM]), id])
  const plain = Buffer.from(text, 'utf8')
  return Buffer.concat([header, seal(key, padded ? pad(plain) : plain, boundTo(header, place))])
}

/** Errors: FieldUnreadable. */
export function openField({ key }: Pick<DataKey, 'key'>, sealed: Buffer, place: Place, padded = false): string {
  try {
    const plain = open(key, sealed.subarray(HEADER), boundTo(sealed.subarray(0, HEADER), place))
    return (padded ? unpad(plain) : plain).toString('utf8')
  } catch (error) {
    throw new FieldUnreadable(place, { cause: error })
  }
}

/** The key is chosen by the id in the header, never by trial. Errors: FieldUnreadable. */
export function dataKeyIdOf(sealed: Buffer, place: Place): Buffer {
  if (sealed.length < HEADER || sealed[0] !== MAGIC || sealed[1] !== AES_256_GCM) throw new FieldUnreadable(place)
  return sealed.subarray(2, HEADER)
}

/** In one piece, as this is done for every field; the names are ours and the uuid's letters are ASCII. */
function boundTo(header: Buffer, { table, column, uuid }: Place): Buffer {
  const bound = Buffer.allocUnsafe(4 + header.length + table.length + column.length + uuid.length)
  bound[0] = header.length
  let at = 1 + header.copy(bound, 1)
  for (const part of [table, column, uuid]) {
    bound[at] = part.length
    at += 1 + bound.write(part, at + 1, 'latin1')
  }
  return bound
}

/** ISO/IEC 7816-4: 0x80 and zeros up to a multiple of 16, so that 'H' and 'LL' are of one length. */
function pad(plain: Buffer): Buffer {
  const padded = Buffer.alloc(Math.floor(plain.length / PAD_TO) * PAD_TO + PAD_TO)
  plain.copy(padded)
  padded[plain.length] = 0x80
  return padded
}

function unpad(padded: Buffer): Buffer {
  const end = padded.lastIndexOf(0x80)
  if (end < 0) throw new Error('no padding')
  return padded.subarray(0, end)
}
