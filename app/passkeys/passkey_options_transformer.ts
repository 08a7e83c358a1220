import { BaseTransformer } from '@adonisjs/core/transformers'
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import Type, { type TSchema } from 'typebox'
import type { Offered } from '#app/passkeys/offer_passkey'
import { choice, listOf, shape, text, uuid, whole } from '#app/http/shapes'

/* The names are those of WebAuthn: a page hands all of it to `PublicKeyCredential.parse…OptionsFromJSON`. */

const publicKey = () => choice(['public-key'])

const knownCredentials = () =>
  listOf(Type.Object({ id: text(), type: publicKey(), transports: listOf(text()) }, { additionalProperties: false }))

const creationOptions = shape('PasskeyCreationOptions', {
  challenge: text(),
  rp: Type.Object({ id: text(), name: text() }),
  user: Type.Object({ id: text(), name: text(), displayName: text() }),
  pubKeyCredParams: listOf(Type.Object({ type: publicKey(), alg: whole() })),
  timeout: whole(),
  attestation: choice(['none']),
  excludeCredentials: knownCredentials(),
  authenticatorSelection: Type.Object({
    residentKey: choice(['required']),
    requireResidentKey: Type.Boolean(),
    userVerification: choice(['required']),
  }),
  extensions: Type.Object({ credProps: Type.Boolean() }),
  hints: listOf(text()),
})

const requestOptions = shape('PasskeyRequestOptions', {
  challenge: text(),
  rpId: text(),
  timeout: whole(),
  userVerification: choice(['required']),
  allowCredentials: knownCredentials(),
})

const offerOf = <const Name extends string>(name: Name, options: TSchema) =>
  shape(name, {
    /** To send with the answer. It is good for one answer, within five minutes. */
    challenge_id: uuid(),
    options,
  })

export const creationOfferShape = offerOf('PasskeyCreationOffer', creationOptions)
export const requestOfferShape = offerOf('PasskeyRequestOffer', requestOptions)

type Options = PublicKeyCredentialCreationOptionsJSON | PublicKeyCredentialRequestOptionsJSON

export default class PasskeyOptionsTransformer extends BaseTransformer<Offered<Options>> {
  toObject() {
    const { challenge, options } = this.resource
    return { challenge_id: challenge.uuid, options }
  }
}
