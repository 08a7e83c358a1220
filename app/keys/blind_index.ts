import { createHmac } from 'node:crypto'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { keyring } from '#app/keys/keyring_service'

/** Fields that can be found by their exact value without being readable. The numbers are stored: add, never change. */
export const BLIND_FIELDS = { 'patients.national_id': 1, 'patients.phone': 2 } as const
export type BlindField = keyof typeof BLIND_FIELDS

export interface BlindToken {
  field_id: number
  key_version: number
  token: Buffer
}

/**
 * Makes tokens: the first 16 bytes of HMAC-SHA256 over `field | country | normalised value`, under a key that the
 * database does not hold. Equal values give equal tokens; that two patients share a value is what this leaks.
 */
export async function blindIndexer(client?: QueryClientContract) {
  const { key, version } = await keyring().root('blind_index', client)
  return (field: BlindField, country: string, normalised: string): BlindToken => ({
    field_id: BLIND_FIELDS[field],
    key_version: version,
    token: createHmac('sha256', key).update(`${field}|${country}|${normalised}`).digest().subarray(0, 16),
  })
}
