import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Infer } from '@vinejs/vine/types'
import { now, toSqlInstant } from '#app/core/clock'
import { type default as Challenge, type ChallengePurpose, findChallenge, takeChallenge } from '#app/passkeys/challenge'
import Passkey, { hashOfCredentialId } from '#app/passkeys/passkey'
import { ownerSaidBy, readProof } from '#app/passkeys/passkey_proof'
import { PasskeyInvalid } from '#app/passkeys/passkey_problems'
import type { provePasskeyValidator } from '#app/passkeys/passkey_validator'
import { limitTries } from '#app/throttles/limit_tries'
import User from '#app/users/user'
import { readConnection } from '#config/database'

/** A passkey that has answered a challenge, which is still to be used up. */
export interface Proof {
  user: User
  passkey: Passkey
  challenge: Challenge
  /** How often the device says that it has signed; 0 where it does not count. */
  counter: number
}

interface Asked {
  purpose: Extract<ChallengePurpose, 'passkey_sign_in' | 'passkey_confirmation'>
  /** Whose passkey it has to be; null where that is what it is to tell. */
  userId: number | null
  ip: string | null
  meet(subject: unknown): void
}

/** Checks an answer, outside of any transaction. Errors: PasskeyInvalid; TooManyTries. */
export function checkProof(input: Infer<typeof provePasskeyValidator>, asked: Asked): Promise<Proof> {
  // Nobody can guess a signature: what is limited is the work, and no account has to wait for what others try.
  return limitTries('passkey', { account: null, ip: asked.ip }, () => proofIn(input, asked))
}

async function proofIn(
  { challenge_id: uuid, credential }: Infer<typeof provePasskeyValidator>,
  { purpose, userId, meet }: Asked
): Promise<Proof> {
  const client = db.connection(readConnection)
  const passkey = await Passkey.query({ client }).where('credential_hash', hashOfCredentialId(credential.id)).first()
  const user = passkey && (await User.query({ client }).where('id', passkey.userId).first())
  if (user) meet(user)
  const challenge = await findChallenge({ uuid, purpose, userId }, client)
  if (!passkey || !user || !challenge || user.id !== (userId ?? user.id)) throw new PasskeyInvalid()
  // Where nobody was named, the device has to say whose passkey it is.
  const said = ownerSaidBy(credential) ?? (userId === null ? null : user.uuid)
  if (said !== user.uuid) throw new PasskeyInvalid()
  return { user, passkey, challenge, counter: await readProof(credential, challenge, passkey) }
}

/**
 * Uses the challenge up and notes the use. A counter that does not go on is that of a copy of the device, or the device
 * itself after its copy (WebAuthn Level 3, 6.1.1); devices that do not count say 0 for ever. Errors: PasskeyInvalid, of
 * two requests at one moment for one of them, and where the passkey has been removed meanwhile.
 */
export async function useProof({ passkey, challenge, counter }: Proof, trx: TransactionClientContract) {
  if (!(await takeChallenge(challenge, trx))) throw new PasskeyInvalid()
  const at = toSqlInstant(now())
  const noted = await trx
    .from('passkeys')
    .where('id', passkey.id)
    .where((before) => void (counter === 0 ? before.where('counter', 0) : before.where('counter', '<', counter)))
    .update({ counter, last_used_at: at, updated_at: at })
  if (Number(noted) !== 1) throw new PasskeyInvalid()
}
