import type { Part } from '#tests/functional/api/example_world'
import { someChallenge, somePasskey } from '#tests/functional/factors/some_passkey'
import { PasskeyDevice } from '#tests/passkey_device'

/** Two passkeys of the doctor, and what one of them has signed. */
export const passkeys: Part = async ({ people: { doctor } }) => {
  const { device, passkey } = await somePasskey(doctor)
  await somePasskey(doctor)
  const registration = await someChallenge('passkey_registration', doctor)
  const added = new PasskeyDevice(doctor).create(registration)
  const signIn = await someChallenge('passkey_sign_in', null)
  const signed = device.get(signIn)
  const confirmation = await someChallenge('passkey_confirmation', doctor)
  const confirmed = device.get(confirmation)
  return {
    passkey: passkey.uuid,
    registrationChallenge: registration.id,
    newCredential: added.id,
    newClientData: added.response.clientDataJSON,
    newAttestation: added.response.attestationObject,
    signInChallenge: signIn.id,
    credential: signed.id,
    clientData: signed.response.clientDataJSON,
    authenticatorData: signed.response.authenticatorData,
    signature: signed.response.signature,
    userHandle: signed.response.userHandle!,
    confirmationChallenge: confirmation.id,
    confirmationClientData: confirmed.response.clientDataJSON,
    confirmationSignature: confirmed.response.signature,
  }
}
