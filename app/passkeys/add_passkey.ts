import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { now } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { isDuplicate } from '#app/core/insert_rows'
import { useCase } from '#app/core/use_case'
import { findChallenge, takeChallenge } from '#app/passkeys/challenge'
import FactorPolicy from '#app/factors/factor_policy'
import { factorsOf, finishChange, lockOwn } from '#app/factors/own_factors'
import Passkey, { hashOfCredentialId } from '#app/passkeys/passkey'
import { readNewCredential } from '#app/passkeys/passkey_proof'
import { PasskeyInvalid } from '#app/passkeys/passkey_problems'
import { addPasskeyValidator } from '#app/passkeys/passkey_validator'
import { makeRecoveryCodes } from '#app/factors/recovery_codes'
import { limitTries } from '#app/throttles/limit_tries'
import { readConnection } from '#config/database'

const PURPOSE = 'passkey_registration'

/**
 * Adds a passkey to the own account. It proves device and person, so that the session is complete; whoever has no
 * recovery codes yet is told ten. Errors: PasskeyInvalid, a passkey that anybody has already included; TooManyTries.
 */
export const addPasskey = useCase({
  name: 'passkeys.add',
  stepUp: true,
  status: 201,
  input: addPasskeyValidator,
  prepare: ({ challenge_id: uuid, credential }, { caller: { user, ip } }) =>
    limitTries('passkey', { account: null, ip }, async () => {
      const challenge = { uuid, purpose: PURPOSE, userId: user.id ?? 0 } as const
      const found = await findChallenge(challenge, db.connection(readConnection))
      if (!found) throw new PasskeyInvalid()
      return { challenge: found, added: await readNewCredential(credential, found) }
    }),
  find: (_, { caller, trx }) => lockOwn(caller, trx),
  policy: [FactorPolicy, 'change'],
  async run({ subject, prepared, trx, note }, { name, credential }) {
    if (!(await takeChallenge(prepared.challenge, trx))) throw new PasskeyInvalid()
    const { id, publicKey, counter } = prepared.added
    const transports = transportsOf(credential.response.transports)
    const passkey = await keep({ userId: subject.user.id, credentialId: id, publicKey, counter, transports, name }, trx)
    note({ passkey: passkey.uuid })
    const { recoveryCodesLeft } = await factorsOf(subject.user, trx)
    const codes = recoveryCodesLeft ? null : await makeRecoveryCodes(subject.user, trx)
    const at = now()
    const change = await finishChange(subject, trx, { factorAt: at, confirmedAt: at }, codes)
    return { ...change, passkey }
  },
})

type Kept = Pick<Passkey, 'userId' | 'credentialId' | 'publicKey' | 'counter' | 'transports' | 'name'>

/** One device makes no two keys with one id; who shows somebody else's as their own is refused. */
async function keep(kept: Kept, trx: TransactionClientContract): Promise<Passkey> {
  const at = now()
  const credentialHash = hashOfCredentialId(kept.credentialId)
  try {
    const times = { lastUsedAt: null, createdAt: at, updatedAt: at }
    return await new Passkey()
      .useTransaction(trx)
      .fill({ ...kept, uuid: newUuid(), credentialHash, ...times })
      .save()
  } catch (error) {
    if (isDuplicate(error)) throw new PasskeyInvalid()
    throw error
  }
}

/* Words of WebAuthn, and of whatever comes after it: only given back to the browser, which knows them. */
function transportsOf(words: string[] = []): string | null {
  const known = words.filter((word) => /^[a-z-]{1,20}$/.test(word)).slice(0, 8)
  return known.length ? known.join(',') : null
}
