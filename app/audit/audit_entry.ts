import { createHmac, type KeyObject } from 'node:crypto'
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

/**
 * One version byte, then each column as a 4-byte length and its bytes; NULL has the length 0xffffffff. Thus 'ab','c'
 * and 'a','bc' differ, and so do NULL and ''.
 */
export function encodeRow(row: Record<string, AuditValue>): Buffer {
  const parts: Buffer[] = [Buffer.from([0])]
  for (const column of AUDIT_COLUMNS) {
    const value = row[column] ?? null
    const bytes = value === null ? Buffer.alloc(0) : Buffer.isBuffer(value) ? value : Buffer.from(String(value))
    const length = Buffer.alloc(4)
    length.writeUInt32BE(value === null ? 0xffffffff : bytes.length)
    parts.push(length, bytes)
  }
  return Buffer.concat(parts)
}

export function macOf(key: KeyObject, row: Record<string, AuditValue>): Buffer {
  return createHmac('sha256', key).update(encodeRow(row)).digest().subarray(0, 16)
}
