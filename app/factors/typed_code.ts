import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Caller } from '#app/core/caller'
import { CodeInvalid } from '#app/factors/factor_problems'
import { recogniseRecoveryCode, takeRecoveryCode } from '#app/factors/recovery_codes'
import { stepOfCode } from '#app/factors/totp'
import TotpSecret from '#app/factors/totp_secret'
import { limitTries } from '#app/throttles/limit_tries'
import { readConnection } from '#config/database'

interface Typed {
  code?: string
  recovery_code?: string
}

/** A code that is right, and not yet used up. */
export type Recognised = { by: 'code'; uuid: string; step: number } | { by: 'recovery_code'; hash: string }

/** Which of the caller's codes this is. Only so many may be wrong. Errors: CodeInvalid, TooManyTries. */
export function recogniseCode(caller: Caller, typed: Typed): Promise<Recognised> {
  const who = { account: caller.user.uuid, ip: caller.ip }
  return limitTries('second_factor', who, async () => {
    const found = typed.recovery_code
      ? await ofRecoveryCodes(caller, typed.recovery_code)
      : await ofGenerator(caller, typed.code!)
    return found ?? refuse(typed.recovery_code ? 'recovery_code' : 'code')
  })
}

async function ofGenerator({ user }: Caller, code: string): Promise<Recognised | null> {
  const row = await TotpSecret.of({ id: user.id ?? 0 }, db.connection(readConnection))
  const step = row?.confirmed ? stepOfCode(row.confirmed, code, row.lastStep) : null
  return row && step !== null ? { by: 'code', uuid: row.uuid, step } : null
}

async function ofRecoveryCodes({ user }: Caller, code: string): Promise<Recognised | null> {
  const hash = await recogniseRecoveryCode({ id: user.id ?? 0 }, code, db.connection(readConnection))
  return hash ? { by: 'recovery_code', hash } : null
}

/**
 * Uses a code up; of two requests with one code at the same moment one gets through, and no code of an earlier step does
 * after it (RFC 6238, section 5.2). Errors: CodeInvalid.
 */
export async function useUpCode(userId: number, recognised: Recognised, trx: TransactionClientContract) {
  const isTaken =
    recognised.by === 'code'
      ? await takeStep(userId, recognised, trx)
      : await takeRecoveryCode({ id: userId }, recognised.hash, trx)
  if (!isTaken) refuse(recognised.by)
}

async function takeStep(
  userId: number,
  { uuid, step }: { uuid: string; step: number },
  trx: TransactionClientContract
) {
  const taken = await trx
    .from('totp_secrets')
    .where({ uuid, user_id: userId })
    .whereNotNull('confirmed_at')
    .where((query) => void query.whereNull('last_step').orWhere('last_step', '<', step))
    .update({ last_step: step })
  return Number(taken) === 1
}

function refuse(field: 'code' | 'recovery_code'): never {
  throw new CodeInvalid(field)
}
