import { createHmac } from 'node:crypto'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { keyring } from '#app/keys/keyring_service'

/**
 * HMAC-SHA-256 of what somebody sent, by which the same write sent again is known. It may be a telephone or a code, between
 * members that stand in clear in the record: a hash without a key would let whoever has a dump try them all.
 * Errors: KeyProviderUnavailable.
 */
export async function digestOfWrite(said: unknown, client: QueryClientContract): Promise<Buffer> {
  const { key } = await keyring().root('sent_writes', client)
  return createHmac('sha256', key).update(JSON.stringify(said)).digest()
}
