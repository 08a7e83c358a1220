import { createHmac } from 'node:crypto'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { DeclaredIndex } from '#app/keys/blind_indexed'
import { indexVersions, type IndexVersion } from '#app/keys/index_versions'

type IndexedField = Pick<DeclaredIndex, 'id' | 'field'>

export interface BlindToken {
  field_id: number
  key_version: number
  token: Buffer
}

/** Makes the tokens of a value: one, or two while the index is rotated, of which the first is of the complete version. */
export interface TokensOf {
  (of: IndexedField, country: string, normalised: string): BlindToken[]
  /** Names the versions: tokens that were made under others are not to be written. */
  readonly versions: string
}

/**
 * What makes tokens for whoever writes or examines in this transaction: the first 16 bytes of HMAC-SHA256 over
 * `field | country | normalised value`, under keys that the database does not hold. Equal values give equal tokens; that
 * two patients share a value is what this leaks.
 */
export async function blindIndexer(client: QueryClientContract): Promise<TokensOf> {
  const { versions } = await indexVersions(client)
  return indexerOf(versions)
}

/** A search by tokens: once more where it took so long that another version may count by now. */
export async function searchIndex<T>(
  client: QueryClientContract,
  search: (tokensOf: TokensOf) => Promise<T>
): Promise<T> {
  for (;;) {
    const { versions, isKnown } = await indexVersions(client)
    const found = await search(indexerOf(versions))
    if (isKnown()) return found
  }
}

export function indexerOf(versions: IndexVersion[]): TokensOf {
  const tokensOf = ({ id, field }: IndexedField, country: string, normalised: string) =>
    versions.map(({ version, key }) => ({
      field_id: id,
      key_version: version,
      token: createHmac('sha256', key).update(`${field}|${country}|${normalised}`).digest().subarray(0, 16),
    }))
  return Object.assign(tokensOf, { versions: versions.map(({ version }) => version).join(',') })
}
