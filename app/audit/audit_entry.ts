import { createHmac, hash, type KeyObject } from 'node:crypto'
import type { Caller } from '#app/core/caller'

export type Outcome = 'done' | 'refused' | 'failed'

/** What happened. `details` holds ids and names of fields, never clinical text and never a credential. */
export interface AuditEntry {
  action: string
  entity?: string | null
  entityUuid?: string | null
  patientUuid?: string | null
  outcome: Outcome
  httpStatus?: number | null
  details?: Record<string, unknown> | null
}

export interface Refusal {
  caller: Caller
  entry: AuditEntry
}

/** The columns in the order in which they are authenticated. Sealed rows depend on it: add at the end, never move. */
export const AUDIT_COLUMNS = [
  'uid',
  'created_at',
  'writer',
  'wseq',
  'user_id',
  'role',
  'action',
  'entity',
  'entity_uuid',
  'patient_uuid',
  'outcome',
  'http_status',
  'ip_address',
  'user_agent',
  'request_id',
  'details',
] as const

export type AuditValue = string | number | Buffer | null
export type AuditRow = Record<(typeof AUDIT_COLUMNS)[number], AuditValue> & { mac: Buffer }

/*
 * Sealing and verifying encode millions of rows: they share one piece of memory, which holds the last one only. The row
 * begins behind room for what is hashed before it: the leaf's prefix, or a key.
 */
const HEAD = 64
let scratch = Buffer.allocUnsafe(16_384)

/**
 * One version byte, then each column as a 4-byte length and its bytes; NULL has the length 0xffffffff. Thus 'ab','c'
 * and 'a','bc' differ, and so do NULL and ''.
 */
export function encodeRow(row: Record<string, AuditValue>): Buffer {
  const end = encode(row)
  return Buffer.from(scratch.subarray(HEAD, end))
}

export function macOf(key: KeyObject, row: Record<string, AuditValue>): Buffer {
  const end = encode(row)
  return createHmac('sha256', key).update(scratch.subarray(HEAD, end)).digest().subarray(0, MAC_BYTES)
}

/** What the tree holds of a row (RFC 6962, section 2.1): SHA-256 over 0x00 and the encoded row. */
export function leafHashOf(row: Record<string, AuditValue>): Buffer {
  return hashLeaf(encode(row))
}

/** Of one encoding, its leaf hash and whether its `mac` is by one of these keys. */
export function sealsOf(keys: MacKey[], row: Record<string, AuditValue>): { leaf: Buffer; hasMac: boolean } {
  const end = encode(row)
  const leaf = hashLeaf(end)
  const { mac } = row
  return { leaf, hasMac: Buffer.isBuffer(mac) && keys.some((key) => mac.equals(hashMac(key, end))) }
}

/** Many encoded rows one behind the other, where each ends, and their codes; a row without one has zeros. */
export function encodeRows(rows: AuditRow[]): { bytes: Uint8Array; ends: Uint32Array; macs: Uint8Array } {
  let bytes = new Uint8Array(rows.length * 700)
  const [ends, macs] = [new Uint32Array(rows.length), new Uint8Array(rows.length * MAC_BYTES)]
  let end = 0
  for (const [at, row] of rows.entries()) {
    const encoded = scratchOf(encode(row))
    if (end + encoded.length > bytes.length) bytes = grown(bytes, end + encoded.length)
    bytes.set(encoded, end)
    ends[at] = end += encoded.length
    if (Buffer.isBuffer(row.mac) && row.mac.length === MAC_BYTES) macs.set(row.mac, at * MAC_BYTES)
  }
  return { bytes, ends, macs }
}

const scratchOf = (end: number) => scratch.subarray(HEAD, end)

function grown(bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(size * 2)
  larger.set(bytes)
  return larger
}

const MAC_BYTES = 16

/** A key as HMAC mixes it in (RFC 2104): hashing twice by hand takes a third of the time that an Hmac object does. */
export interface MacKey {
  inner: Buffer
  /** With room for the inner hash behind it. */
  outer: Buffer
}

export function macKeyOf(key: Buffer): MacKey {
  const [inner, outer] = [Buffer.alloc(HEAD, 0x36), Buffer.alloc(HEAD + 32, 0x5c)]
  for (const [at, byte] of key.entries()) {
    inner[at] = byte ^ 0x36
    outer[at] = byte ^ 0x5c
  }
  return { inner, outer }
}

function hashMac({ inner, outer }: MacKey, end: number): Buffer {
  inner.copy(scratch)
  hash('sha256', scratch.subarray(0, end), 'buffer').copy(outer, HEAD)
  return hash('sha256', outer, 'buffer').subarray(0, MAC_BYTES)
}

function hashLeaf(end: number): Buffer {
  scratch[HEAD - 1] = 0
  return hash('sha256', scratch.subarray(HEAD - 1, end), 'buffer')
}

/** Writes the encoded row into `scratch`, which may be another one afterwards; answers where it ends. */
function encode(row: Record<string, AuditValue>): number {
  scratch[HEAD] = 0
  let at = HEAD + 1
  for (const column of AUDIT_COLUMNS) {
    const value = row[column] ?? null
    at = encodeValue(value, at)
    if (value !== null && Buffer.isBuffer(value) !== (column === 'writer')) at = encodeValue(NO_SUCH_KIND, at)
  }
  return at
}

/**
 * SQLite keeps bytes where a text stands, which no search for the text finds: such a row is not the one that was written,
 * though its bytes are the same.
 */
const NO_SUCH_KIND = 'no such kind of value'

function encodeValue(value: AuditValue, at: number): number {
  if (value === null) {
    makeRoom(at + 4)
    return scratch.writeUInt32BE(0xffffffff, at)
  }
  if (Buffer.isBuffer(value)) {
    makeRoom(at + 4 + value.length)
    scratch.writeUInt32BE(value.length, at)
    return at + 4 + value.copy(scratch, at + 4)
  }
  const text = String(value)
  // A UTF-16 unit takes up to three bytes of UTF-8.
  makeRoom(at + 4 + text.length * 3)
  const written = scratch.write(text, at + 4)
  scratch.writeUInt32BE(written, at)
  return at + 4 + written
}

function makeRoom(size: number) {
  if (size <= scratch.length) return
  const larger = Buffer.allocUnsafe(size * 2)
  scratch.copy(larger)
  scratch = larger
}
