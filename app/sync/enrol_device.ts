import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { now } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { NotFound } from '#app/core/problem'
import { useCase } from '#app/core/use_case'
import { findOwnSession } from '#app/sessions/own_session'
import Device, { hashOfCredential, newCredential } from '#app/sync/device'
import DevicePolicy from '#app/sync/device_policy'
import { enrolDeviceValidator } from '#app/sync/device_validator'
import { KEPT_DAYS } from '#app/sync/protocol'
import { DeviceEnded } from '#app/sync/sync_problems'
import { FactorNeeded } from '#app/users/user_problems'

/**
 * Makes the caller's device, or gives one of theirs a new credential, with which it sends and fetches for thirty days
 * after the session has ended. Its value is in the answer and nowhere else. Errors: FactorNeeded, DeviceEnded; NotFound
 * for another's device.
 */
export const enrolDevice = useCase({
  name: 'devices.enrol',
  status: 201,
  input: enrolDeviceValidator,
  async find({ id }, { caller, trx }) {
    return { own: await findOwnSession(caller, trx), former: id ? await findLocked(id, trx) : null }
  },
  policy: [DevicePolicy, 'own'],
  async run({ subject: { own, former }, caller, trx, note }, { id, name }) {
    const { session, user } = own
    const missing = user.signIn.missing ?? (session.factorAt ? null : 'enrolment')
    if (missing) throw new FactorNeeded(missing)
    if (former && former.userId !== user.id) throw new NotFound('not_found')
    if (former?.isRevoked) throw new DeviceEnded()
    const at = now()
    const credential = newCredential()
    const device =
      former ?? new Device().fill({ uuid: id ?? newUuid(), userId: user.id, createdAt: at, revokedAt: null })
    device.useTransaction(trx).merge({
      name,
      userAgent: caller.userAgent?.slice(0, 255) ?? null,
      credentialHash: hashOfCredential(credential),
      credentialExpiresAt: new Date(at.getTime() + KEPT_DAYS.credential * 86_400_000),
      signInEpoch: session.signInEpoch,
      updatedAt: at,
    })
    await device.save()
    note({ renewed: former !== null })
    return { device, credential, auditIdentity: () => device.auditIdentity() }
  },
})

function findLocked(id: string, client: QueryClientContract) {
  return Device.query({ client }).where('uuid', id).forUpdate().first()
}
