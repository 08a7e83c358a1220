import vine from '@vinejs/vine'
import { line, rowUuid, unlessNull } from '#app/core/rules'

/** Bytes as WebAuthn writes them in JSON: base64url without padding. */
const bytes = (max: number) =>
  vine
    .string()
    .maxLength(Math.ceil((max * 4) / 3))
    .regex(/^[A-Za-z0-9_-]+$/)

const CREDENTIAL_ID = 1023
const USER_HANDLE = 64
const CLIENT_DATA = 2048
const SIGNATURE = 1024
const AUTHENTICATOR_DATA = 8192

/* What PublicKeyCredential.toJSON() gives: browsers may add members, so that others than ours are let pass. */
const credential = <T extends Parameters<typeof vine.object>[0]>(response: T) =>
  vine
    .object({
      id: bytes(CREDENTIAL_ID),
      rawId: bytes(CREDENTIAL_ID),
      type: vine.enum(['public-key'] as const),
      response: vine.object(response).allowUnknownProperties(),
    })
    .allowUnknownProperties()

const passkeyName = () => line(100)

export const offerValidator = vine.create({})

export const addPasskeyValidator = vine.create({
  challenge_id: rowUuid(),
  name: passkeyName(),
  credential: credential({
    clientDataJSON: bytes(CLIENT_DATA),
    attestationObject: bytes(AUTHENTICATOR_DATA),
    transports: vine.array(vine.string().maxLength(32)).maxLength(16).use(unlessNull()).optional(),
  }),
})

/** An answer to a challenge by a passkey that is known. */
export const provePasskeyValidator = vine.create({
  challenge_id: rowUuid(),
  credential: credential({
    clientDataJSON: bytes(CLIENT_DATA),
    authenticatorData: bytes(AUTHENTICATOR_DATA),
    signature: bytes(SIGNATURE),
    // Some browsers say null where the device keeps no handle.
    userHandle: bytes(USER_HANDLE).nullable().optional(),
  }),
})

export const listPasskeysValidator = vine.create({})

export const renamePasskeyValidator = vine.create({ id: rowUuid(), name: passkeyName() })

export const removePasskeyValidator = vine.create({ id: rowUuid() })
