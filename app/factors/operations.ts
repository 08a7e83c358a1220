import { EXAMPLE } from '#app/http/example_ids'
import type { Operations } from '#app/http/operation'
import { addPasskey } from '#app/factors/add_passkey'
import { beginTotp } from '#app/factors/begin_totp'
import { confirmByPasskey } from '#app/factors/confirm_by_passkey'
import { confirmPerson } from '#app/factors/confirm_person'
import { confirmTotp } from '#app/factors/confirm_totp'
import { factorChangeShape, factorsShape, newTotpShape, resetFactorsShape } from '#app/factors/factor_transformer'
import { listPasskeys } from '#app/factors/find_passkeys'
import { offerConfirmation, offerPasskey, offerSignIn } from '#app/factors/offer_passkey'
import { openFactors } from '#app/factors/open_factors'
import { creationOfferShape, requestOfferShape } from '#app/factors/passkey_options_transformer'
import { addedPasskeyShape, passkeyShape } from '#app/factors/passkey_transformer'
import { proveSecondFactor } from '#app/factors/prove_second_factor'
import { removePasskey } from '#app/factors/remove_passkey'
import { removeTotp } from '#app/factors/remove_totp'
import { renamePasskey } from '#app/factors/rename_passkey'
import { renewRecoveryCodes } from '#app/factors/renew_recovery_codes'
import { resetFactors } from '#app/factors/reset_factors'
import { signInByPasskey } from '#app/factors/sign_in_by_passkey'
import { ownSessionShape } from '#app/sessions/session_transformer'

/** None of anybody's in the world of the examples, but by a chance of three in a million. */
const WRONG = { code: '000000' }

export const factorOperations: Operations = {
  'second_factors.store': {
    gate: proveSecondFactor,
    admits: 'pending',
    answer: { one: ownSessionShape },
    as: 'doctor',
    example: { body: { code: EXAMPLE.totpCode } },
    problems: { code_invalid: { body: WRONG } },
    alsoRefused: ['too_many_tries'],
  },
  'session_confirmations.store': {
    gate: confirmPerson,
    admits: 'pending',
    answer: { one: ownSessionShape },
    as: 'doctor',
    example: { body: { code: EXAMPLE.totpCode } },
    problems: {
      code_invalid: { body: WRONG },
      factor_needed: { body: { password: EXAMPLE.password } },
      password_wrong: { as: 'reception', body: { password: 'ce-n-est-pas-le-bon' } },
    },
    alsoRefused: ['too_many_tries'],
  },
  'factors.show': { gate: openFactors, admits: 'pending', answer: { one: factorsShape }, as: 'doctor', example: {} },
  'totp.store': { gate: beginTotp, admits: 'pending', answer: { one: newTotpShape }, as: 'doctor', example: {} },
  'totp_confirmations.store': {
    gate: confirmTotp,
    admits: 'pending',
    answer: { one: factorChangeShape },
    as: 'doctor',
    example: { body: { code: EXAMPLE.newTotpCode } },
    problems: { code_invalid: { body: WRONG }, no_generator: { as: 'lab', body: WRONG } },
    alsoRefused: ['too_many_tries'],
  },
  'totp.destroy': {
    gate: removeTotp,
    admits: 'pending',
    answer: { one: factorChangeShape },
    as: 'patient',
    example: {},
    problems: { last_factor: { as: 'nurse' }, no_generator: { as: 'reception' } },
  },
  'recovery_codes.store': {
    gate: renewRecoveryCodes,
    admits: 'pending',
    answer: { one: factorChangeShape },
    as: 'doctor',
    example: {},
    problems: { no_factor: { as: 'reception' } },
  },
  'factors.destroy': {
    gate: resetFactors,
    admits: 'session',
    answer: { one: resetFactorsShape },
    as: 'admin',
    example: { params: { user: EXAMPLE.colleague } },
  },
}

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
