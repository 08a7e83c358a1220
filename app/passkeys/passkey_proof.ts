import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import { COSEALG, decodeAttestationObject, isoBase64URL } from '@simplewebauthn/server/helpers'
import type { Infer } from '@vinejs/vine/types'
import type Challenge from '#app/passkeys/challenge'
import type Passkey from '#app/passkeys/passkey'
import { relyingParty, uuidOfHandle } from '#app/passkeys/passkey_party'
import { PasskeyInvalid } from '#app/passkeys/passkey_problems'
import type { addPasskeyValidator, provePasskeyValidator } from '#app/passkeys/passkey_validator'

/** Signatures that we check: Ed25519, ECDSA with P-256, and RSA for older Windows. */
export const ALGORITHMS = [COSEALG.EdDSA, COSEALG.ES256, COSEALG.RS256]

type AddedCredential = Infer<typeof addPasskeyValidator>['credential']
export type ProvenCredential = Infer<typeof provePasskeyValidator>['credential']

/** The public half of a new passkey. */
export interface NewCredential {
  id: string
  publicKey: Buffer
  counter: number
}

/**
 * Reads a new passkey that was made for this challenge, at our address, by a device that asked for its person
 * (WebAuthn Level 3, 7.1). Errors: PasskeyInvalid.
 */
export async function readNewCredential(response: AddedCredential, challenge: Challenge): Promise<NewCredential> {
  const { id, origin } = relyingParty()
  const { verified, registrationInfo } = await orInvalid(async () => {
    refuseCertificates(response.response.attestationObject)
    return verifyRegistrationResponse({
      response: { clientExtensionResults: {}, ...response } as never,
      ...{ expectedChallenge: challenge.value, expectedOrigin: origin, expectedRPID: id },
      ...{ requireUserVerification: true, supportedAlgorithmIDs: ALGORITHMS },
    })
  })
  if (!verified || response.id !== registrationInfo.credential.id) throw new PasskeyInvalid()
  const { credential } = registrationInfo
  return { id: credential.id, publicKey: Buffer.from(credential.publicKey), counter: credential.counter }
}

/**
 * We ask for no attestation. One that comes all the same may sign for itself; certificates would have the library ask
 * addresses that the sender names whether they are revoked.
 */
function refuseCertificates(attestationObject: string) {
  const attestation = decodeAttestationObject(isoBase64URL.toBuffer(attestationObject))
  const isOwn = attestation.get('fmt') === 'packed' && !attestation.get('attStmt').get('x5c')
  if (attestation.get('fmt') !== 'none' && !isOwn) throw new PasskeyInvalid()
}

/**
 * The counter of a device that signed this challenge with this passkey, at our address, after it asked for its person
 * (WebAuthn Level 3, 7.2). Whether the counter went on is for `countUse` to say. Errors: PasskeyInvalid.
 */
export async function readProof(response: ProvenCredential, challenge: Challenge, passkey: Passkey): Promise<number> {
  const { id, origin } = relyingParty()
  const { verified, authenticationInfo } = await orInvalid(() =>
    verifyAuthenticationResponse({
      response: { clientExtensionResults: {}, ...response } as never,
      ...{ expectedChallenge: challenge.value, expectedOrigin: origin, expectedRPID: id },
      // The library compares counters before it checks the signature, and with what was read outside of the transaction.
      credential: { id: passkey.credentialId, publicKey: new Uint8Array(passkey.publicKey), counter: 0 },
      requireUserVerification: true,
    })
  )
  if (!verified) throw new PasskeyInvalid()
  return authenticationInfo.newCounter
}

/** Whose passkey a device says that this is; null where it says nothing. Errors: PasskeyInvalid. */
export function ownerSaidBy({ response }: ProvenCredential): string | null {
  if (!response.userHandle) return null
  const uuid = uuidOfHandle(response.userHandle)
  if (!uuid) throw new PasskeyInvalid()
  return uuid
}

/** The library throws plain errors for whatever does not hold. */
async function orInvalid<T>(check: () => Promise<T>): Promise<T> {
  try {
    return await check()
  } catch (cause) {
    throw new PasskeyInvalid({ cause })
  }
}
