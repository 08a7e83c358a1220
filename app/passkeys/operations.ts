import { EXAMPLE } from '#app/http/example_ids'
import type { Operations } from '#app/http/operation'
import { factorChangeShape } from '#app/factors/factor_transformer'
import { addPasskey } from '#app/passkeys/add_passkey'
import { confirmByPasskey } from '#app/passkeys/confirm_by_passkey'
import { listPasskeys } from '#app/passkeys/find_passkeys'
import { offerConfirmation, offerPasskey, offerSignIn } from '#app/passkeys/offer_passkey'
import { creationOfferShape, requestOfferShape } from '#app/passkeys/passkey_options_transformer'
import { addedPasskeyShape, passkeyShape } from '#app/passkeys/passkey_transformer'
import { removePasskey } from '#app/passkeys/remove_passkey'
import { renamePasskey } from '#app/passkeys/rename_passkey'
import { signInByPasskey } from '#app/passkeys/sign_in_by_passkey'
import { ownSessionShape } from '#app/sessions/session_transformer'

/** A page at a bare address, which WebAuthn takes for none of ours. */
const AT_A_BARE_ADDRESS = {
  passkeys_need_a_name: { headers: { 'Origin': 'http://127.0.0.1:3333', 'Sec-Fetch-Site': 'same-origin' } },
}

const NEW_PASSKEY = {
  name: 'Téléphone',
  credential: {
    ...{ id: EXAMPLE.newCredential, rawId: EXAMPLE.newCredential, type: 'public-key' },
    response: {
      clientDataJSON: EXAMPLE.newClientData,
      attestationObject: EXAMPLE.newAttestation,
      transports: ['internal', 'hybrid'],
    },
    clientExtensionResults: {},
  },
}

/** What a passkey has signed. */
const SIGNED = {
  ...{ id: EXAMPLE.credential, rawId: EXAMPLE.credential, type: 'public-key' },
  response: {
    clientDataJSON: EXAMPLE.clientData,
    authenticatorData: EXAMPLE.authenticatorData,
    signature: EXAMPLE.signature,
    userHandle: EXAMPLE.userHandle,
  },
  clientExtensionResults: {},
}
const SIGNED_FOR_CONFIRMATION = {
  ...SIGNED,
  response: {
    ...SIGNED.response,
    clientDataJSON: EXAMPLE.confirmationClientData,
    signature: EXAMPLE.confirmationSignature,
  },
}

/** Beside the refusals of a challenge that nobody was given. */
const withUnknownChallenge = (body: Record<string, unknown>) => ({
  passkey_invalid: { body: { ...body, challenge_id: EXAMPLE.nothing } },
})

export const passkeyOperations: Operations = {
  'passkey_offers.store': {
    gate: offerPasskey,
    admits: 'pending',
    answer: { one: creationOfferShape },
    as: 'doctor',
    example: {},
    problems: AT_A_BARE_ADDRESS,
  },
  'passkeys.store': {
    gate: addPasskey,
    admits: 'pending',
    answer: { one: addedPasskeyShape },
    as: 'doctor',
    example: { body: { ...NEW_PASSKEY, challenge_id: EXAMPLE.registrationChallenge } },
    problems: withUnknownChallenge(NEW_PASSKEY),
    alsoRefused: ['too_many_tries'],
  },
  'passkeys.index': {
    gate: listPasskeys,
    admits: 'session',
    answer: { many: passkeyShape },
    as: 'doctor',
    example: {},
  },
  'passkeys.update': {
    gate: renamePasskey,
    admits: 'session',
    answer: { one: passkeyShape },
    as: 'doctor',
    example: { params: { id: EXAMPLE.passkey }, body: { name: 'Clé bleue' } },
  },
  'passkeys.destroy': {
    gate: removePasskey,
    admits: 'session',
    answer: { one: factorChangeShape },
    as: 'doctor',
    example: { params: { id: EXAMPLE.passkey } },
    alsoRefused: ['last_factor'],
  },
  'session_passkey_offers.store': {
    gate: offerSignIn,
    admits: 'anybody',
    answer: { one: requestOfferShape },
    as: 'doctor',
    example: {},
    problems: AT_A_BARE_ADDRESS,
  },
  'session_passkeys.store': {
    gate: signInByPasskey,
    admits: 'anybody',
    answer: { one: ownSessionShape },
    as: 'doctor',
    example: { body: { challenge_id: EXAMPLE.signInChallenge, credential: SIGNED } },
    problems: withUnknownChallenge({ credential: SIGNED }),
    alsoRefused: ['too_many_tries'],
  },
  'passkey_confirmation_offers.store': {
    gate: offerConfirmation,
    admits: 'pending',
    answer: { one: requestOfferShape },
    as: 'doctor',
    example: {},
    problems: AT_A_BARE_ADDRESS,
  },
  'passkey_confirmations.store': {
    gate: confirmByPasskey,
    admits: 'pending',
    answer: { one: ownSessionShape },
    as: 'doctor',
    example: { body: { challenge_id: EXAMPLE.confirmationChallenge, credential: SIGNED_FOR_CONFIRMATION } },
    problems: withUnknownChallenge({ credential: SIGNED_FOR_CONFIRMATION }),
    alsoRefused: ['too_many_tries'],
  },
}
