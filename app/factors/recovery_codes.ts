import { createHash } from 'node:crypto'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { Secret } from 'otpauth'
import { insertRows } from '#app/core/insert_rows'
import { now, toSqlInstant } from '#app/core/clock'

const HOW_MANY = 10
const BYTES = 10

/**
 * Ten codes of one use for whoever has lost their generator or passkey, in place of those they had. Each is 80 random
 * bits, so that a bare SHA-256 gives nothing away; the codes themselves are in this answer and nowhere else.
 */
export async function makeRecoveryCodes({ id }: { id: number }, trx: TransactionClientContract): Promise<string[]> {
  const codes = Array.from({ length: HOW_MANY }, () => new Secret({ size: BYTES }).base32)
  const at = toSqlInstant(now())
  await endRecoveryCodes({ id }, trx)
  const rows = codes.map((code) => ({ user_id: id, hash: hashOf(code), created_at: at, updated_at: at }))
  await insertRows(trx, 'recovery_codes', rows)
  return codes.map((code) => code.match(/.{4}/g)!.join('-'))
}

export async function endRecoveryCodes({ id }: { id: number }, trx: TransactionClientContract) {
  await trx.from('recovery_codes').where('user_id', id).delete()
}

/** The hash of somebody's unused code, however it was spaced; null when it is none of theirs. */
export async function recogniseRecoveryCode({ id }: { id: number }, code: string, client: QueryClientContract) {
  const hash = hashOf(code)
  const row = await client.from('recovery_codes').where({ user_id: id, hash }).whereNull('used_at').first()
  return row ? hash : null
}

/** Uses a code up; of two requests at one moment one gets true. */
export async function takeRecoveryCode({ id }: { id: number }, hash: string, trx: TransactionClientContract) {
  const at = toSqlInstant(now())
  const taken = await trx
    .from('recovery_codes')
    .where({ user_id: id, hash })
    .whereNull('used_at')
    .update({ used_at: at, updated_at: at })
  return Number(taken) === 1
}

function hashOf(code: string) {
  return createHash('sha256').update(code.replaceAll(/[\s-]/g, '').toUpperCase()).digest('hex')
}
