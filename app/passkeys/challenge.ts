import { randomBytes } from 'node:crypto'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { now, toSqlInstant } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { ChallengeSchema } from '#database/schema'

const GOOD_FOR_MS = 5 * 60_000

/** What a passkey signs it for: an answer to one is none to another. */
export type ChallengePurpose = 'passkey_registration' | 'passkey_sign_in' | 'passkey_confirmation'

/** For whom it is; null where nobody is known yet. */
interface Meant {
  purpose: ChallengePurpose
  userId: number | null
}

/** What a passkey has to sign: 256 random bits that are good for one answer within five minutes. */
export default class Challenge extends ChallengeSchema {
  /** As the page is told it. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(Buffer.from(this.value, 'base64url'))
  }
}

export async function makeChallenge({ purpose, userId }: Meant, trx: TransactionClientContract): Promise<Challenge> {
  const at = now()
  return new Challenge()
    .useTransaction(trx)
    .fill({
      ...{ uuid: newUuid(), purpose, userId, value: randomBytes(32).toString('base64url') },
      ...{ expiresAt: new Date(at.getTime() + GOOD_FOR_MS), createdAt: at, updatedAt: at },
    })
    .save()
}

/** One that may still be answered, for this purpose and by this person; null for any other. */
export async function findChallenge(
  { uuid, purpose, userId }: Meant & { uuid: string },
  client: QueryClientContract
): Promise<Challenge | null> {
  const query = Challenge.query({ client }).where({ uuid, purpose }).where('expires_at', '>', toSqlInstant(now()))
  return userId === null ? query.whereNull('user_id').first() : query.where('user_id', userId).first()
}

/** Uses a challenge up. Of two answers at one moment only one hears true. */
export async function takeChallenge({ id }: Challenge, trx: TransactionClientContract): Promise<boolean> {
  const open = trx.from('challenges').where('id', id).where('expires_at', '>', toSqlInstant(now()))
  return Number(await open.delete()) === 1
}

/** Forgets what nobody answered. Answers how many went. */
export async function sweepChallenges(before: Date, client: QueryClientContract): Promise<number> {
  return Number(await client.from('challenges').where('expires_at', '<', toSqlInstant(before)).delete())
}
