import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { now } from '#app/core/clock'
import { useCase, type RunScope } from '#app/core/use_case'
import { findPerson } from '#app/sessions/find_person'
import Device from '#app/sync/device'
import DevicePolicy from '#app/sync/device_policy'
import { revokeDeviceValidator, revokeOwnDeviceValidator } from '#app/sync/device_validator'

/** Ends one of the caller's devices for good. Errors: Lucid's own for one that is another's, unknown, or ended before. */
export const revokeOwnDevice = useCase({
  name: 'devices.revoke_own',
  told: { done: 'devices.revoke', refused: 'devices.revoke' },
  input: revokeOwnDeviceValidator,
  find: ({ id }, { caller, trx }) => findLive(id, caller.user.id ?? 0, trx),
  policy: [DevicePolicy, 'own'],
  run: revoke,
})

/** Ends somebody's device for good: it sends and fetches nothing more, and forgets what it holds at its next call. */
export const revokeDeviceOf = useCase({
  name: 'devices.revoke',
  stepUp: true,
  input: revokeDeviceValidator,
  async find({ user, id }, { trx }) {
    const person = await findPerson(user, trx)
    return findLive(id, person.id, trx)
  },
  policy: [DevicePolicy, 'manage'],
  run: revoke,
})

function findLive(id: string, userId: number, client: TransactionClientContract) {
  return Device.query({ client }).where({ uuid: id, user_id: userId }).whereNull('revoked_at').forUpdate().firstOrFail()
}

async function revoke({ subject: device, caller, trx }: RunScope<Device>) {
  const at = now()
  await device.useTransaction(trx).merge({ revokedAt: at, revokedBy: caller.user.id, updatedAt: at }).save()
  return device
}
