import { createHmac } from 'node:crypto'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { keyring } from '#app/keys/keyring_service'

/** Tokens of a legacy system's keys, and digests of rows: HMAC-SHA256, cut to 16 bytes, as either may hold a national id. */
export async function sourceTokens(client?: QueryClientContract) {
  const { key } = await keyring().root('source_ids', client)
  const mac = (text: string) => createHmac('sha256', key).update(text).digest().subarray(0, 16)
  return {
    tokenOf: (entity: string, sourceKey: string) => mac(`${entity}|${sourceKey}`),
    digestOf: (content: unknown) => mac(JSON.stringify(content)),
  }
}

export type SourceTokens = Awaited<ReturnType<typeof sourceTokens>>
