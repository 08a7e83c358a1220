import { generateAuthenticationOptions, generateRegistrationOptions } from '@simplewebauthn/server'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { useCase } from '#app/core/use_case'
import { type default as Challenge, makeChallenge } from '#app/passkeys/challenge'
import FactorPolicy from '#app/factors/factor_policy'
import { passkeysOf } from '#app/passkeys/find_passkeys'
import type Passkey from '#app/passkeys/passkey'
import { relyingParty, userHandleOf } from '#app/passkeys/passkey_party'
import { ALGORITHMS } from '#app/passkeys/passkey_proof'
import { offerValidator } from '#app/passkeys/passkey_validator'
import SessionPolicy from '#app/sessions/session_policy'
import User from '#app/users/user'

const TIMEOUT_MS = 5 * 60_000

/** What a page hands to `navigator.credentials`, and the id under which its answer comes back. */
export interface Offered<Options> {
  challenge: Challenge
  options: Options
}

/**
 * What a browser needs to make a passkey. It is kept on the device, so that signing in needs no address typed; the
 * device asks for its person each time; which make it is, is nobody's business. Devices that have one make no second.
 */
export const offerPasskey = useCase({
  name: 'passkeys.offer',
  stepUp: true,
  input: offerValidator,
  find: (_, { caller, trx }) =>
    User.query({ client: trx })
      .where('id', caller.user.id ?? 0)
      .firstOrFail(),
  policy: [FactorPolicy, 'change'],
  async run({ subject: user, trx }) {
    const challenge = await makeChallenge({ purpose: 'passkey_registration', userId: user.id }, trx)
    const { id, name } = relyingParty()
    const options = await generateRegistrationOptions({
      ...{ rpID: id, rpName: name, challenge: challenge.bytes, timeout: TIMEOUT_MS },
      ...{ userID: userHandleOf(user), userName: user.email ?? user.name, userDisplayName: user.name },
      excludeCredentials: await credentialsOf(user, trx),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      attestationType: 'none',
      supportedAlgorithmIDs: ALGORITHMS,
    })
    return { challenge, options, auditIdentity: () => user.auditIdentity() }
  },
})

/** What a browser needs to sign in by a passkey that it has. It is the same for everybody and tells of no account. */
export const offerSignIn = useCase({
  name: 'passkeys.offer_sign_in',
  input: offerValidator,
  find: () => null,
  policy: [SessionPolicy, 'begin'],
  async run({ trx }) {
    const challenge = await makeChallenge({ purpose: 'passkey_sign_in', userId: null }, trx)
    return { challenge, options: await requestOptions(challenge) }
  },
})

/** What a browser needs to prove again, by one of the own passkeys, that it is still them. */
export const offerConfirmation = useCase({
  name: 'passkeys.offer_confirmation',
  input: offerValidator,
  find: () => null,
  policy: [FactorPolicy, 'own'],
  async run({ caller, trx }) {
    const userId = caller.user.id!
    const challenge = await makeChallenge({ purpose: 'passkey_confirmation', userId }, trx)
    return { challenge, options: await requestOptions(challenge, await credentialsOf({ id: userId }, trx)) }
  },
})

type Credential = ReturnType<typeof credentialOf>

function requestOptions(challenge: Challenge, allowCredentials: Credential[] = []) {
  const { id: rpID } = relyingParty()
  return generateAuthenticationOptions({
    ...{ rpID, challenge: challenge.bytes, timeout: TIMEOUT_MS, allowCredentials },
    userVerification: 'required',
  })
}

async function credentialsOf({ id }: { id: number }, trx: TransactionClientContract) {
  const passkeys = await passkeysOf(id, trx)
  return passkeys.map(credentialOf)
}

function credentialOf(passkey: Passkey) {
  return { id: passkey.credentialId, transports: passkey.transportNames }
}
