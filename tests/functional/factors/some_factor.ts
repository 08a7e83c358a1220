import db from '@adonisjs/lucid/services/db'
import { Secret, TOTP } from 'otpauth'
import { moveClock, now, toSqlInstant } from '#app/core/clock'
import { inTransaction } from '#app/core/transaction'
import { newSecret } from '#app/factors/totp'
import TotpSecret, { keepWaiting } from '#app/factors/totp_secret'
import type User from '#app/users/user'
import { callerOf } from '#tests/acting'

const STEP_MS = 30_000

let base = 0

/** Sets the clock to the middle of a step, so that no test meets the end of one. @returns what sets it right again */
export function alignClock() {
  base = STEP_MS / 2 - (Date.now() % STEP_MS)
  moveClock(base)
  return () => moveClock(0)
}

/** So many milliseconds on from there. */
export function clockAt(milliseconds: number) {
  moveClock(base + milliseconds)
}

/** The code that a generator shows, or so many steps from now. */
export function codeOf(secret: string, stepsAway = 0): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now().getTime() + stepsAway * STEP_MS })
}

/** Gives somebody a code generator without their doing: nobody's session ends. Answers its secret. */
export async function giveGenerator(user: User, secret = newSecret()): Promise<string> {
  await giveWaiting(user, secret)
  await db
    .from('totp_secrets')
    .where('user_id', user.id)
    .update({ confirmed_at: toSqlInstant(now()) })
  return secret
}

/** Gives somebody a generator that waits for its first code. */
export async function giveWaiting(user: User, secret = newSecret()): Promise<string> {
  await inTransaction(callerOf(), ({ client }) => keepWaiting(user, secret, client))
  return secret
}

/** What is kept of somebody's generator, opened. */
export const keptOf = (user: User) => TotpSecret.of(user, db.connection())
