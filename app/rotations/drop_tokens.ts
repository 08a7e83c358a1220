import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { patientIndexes } from '#app/patients/patient_tokens'
import { INDEX_TABLES } from '#app/rotations/fill_index'

const TOKENS = 1_000
/** Versions are smallints. */
const PAST_ALL = 32_768

export function countTokens(client: QueryClientContract): Promise<number> {
  return countTokensBefore(PAST_ALL, client)
}

export async function countTokensBefore(version: number, client: QueryClientContract): Promise<number> {
  let tokens = 0
  for (const table of INDEX_TABLES) {
    const [{ n }] = await client.from(table).where('key_version', '<', version).count('* as n')
    tokens += Number(n)
  }
  return tokens
}

/** Deletes some tokens of former versions, which nobody writes any more. @returns how many; 0 when none was left */
export async function dropTokensBefore(version: number, trx: TransactionClientContract): Promise<number> {
  for (const table of INDEX_TABLES)
    for (const { id } of patientIndexes()) {
      const former = () => trx.from(table).where('field_id', id)
      const first = await former().where('key_version', '<', version).orderBy('key_version').first()
      if (!first) continue
      const some = () => former().where('key_version', first.key_version)
      const last = await some()
        .orderBy('token')
        .offset(TOKENS - 1)
        .limit(1)
        .first()
      const dropped = some()
      if (last) void dropped.where('token', '<=', last.token)
      return Number(await dropped.delete())
    }
  return 0
}
