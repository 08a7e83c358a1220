import { newUuid } from '#app/core/ids'
import { revokeDeviceOf } from '#app/sync/revoke_device'
import { callerOf, handDevice } from '#tests/acting'
import type { Part } from '#tests/functional/api/example_world'

/** The doctor has a telephone, and had another. */
export const sync: Part = async ({ people: { doctor } }) => {
  const [device, endedDevice] = [newUuid(), newUuid()]
  for (const uuid of [device, endedDevice]) await handDevice(uuid, doctor)
  await revokeDeviceOf(callerOf(), { user: doctor.uuid, id: endedDevice })
  return { device, endedDevice, newConsultation: newUuid() }
}
