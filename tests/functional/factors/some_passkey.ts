import db from '@adonisjs/lucid/services/db'
import { now } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { makeChallenge, type ChallengePurpose } from '#app/passkeys/challenge'
import Passkey, { hashOfCredentialId } from '#app/passkeys/passkey'
import { PasskeyDevice } from '#tests/passkey_device'

/** A device that has a passkey of this person, as it would be after they added it. */
export async function somePasskey(user: { id: number; uuid: string }, { counter = null as number | null } = {}) {
  const device = new PasskeyDevice(user, counter)
  const at = now()
  const passkey = await new Passkey()
    .fill({
      ...{ uuid: newUuid(), userId: user.id, name: 'Téléphone', transports: 'internal', counter: counter ?? 0 },
      ...{ credentialId: device.id, credentialHash: hashOfCredentialId(device.id), publicKey: device.publicKey },
      ...{ lastUsedAt: null, createdAt: at, updatedAt: at },
    })
    .save()
  return { device, passkey }
}

/** A challenge as a page was given it, past the routes. */
export async function someChallenge(purpose: ChallengePurpose, user: { id: number } | null) {
  const challenge = await db.transaction((trx) => makeChallenge({ purpose, userId: user?.id ?? null }, trx))
  return { id: challenge.uuid, challenge: challenge.value }
}
