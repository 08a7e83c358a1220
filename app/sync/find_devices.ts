import { pageOf, type Page } from '#app/core/keyset'
import { readCase } from '#app/core/read_case'
import { findPerson } from '#app/sessions/find_person'
import Device from '#app/sync/device'
import DevicePolicy from '#app/sync/device_policy'
import { listDevicesValidator, listOwnDevicesValidator } from '#app/sync/device_validator'

const NEWEST = { list: 'devices', column: 'created_at', kind: 'instant', direction: 'desc', within: 'user_id' } as const

const details = ({ rows }: Page<Device>) => ({ uuids: rows.map(({ uuid }) => uuid) })

/** The caller's devices, those that were ended too. */
export const listOwnDevices = readCase({
  name: 'devices.list_own',
  input: listOwnDevicesValidator,
  find: () => null,
  policy: [DevicePolicy, 'own'],
  details,
  run({ caller, client }, page) {
    const query = Device.query({ client })
      .select('sync_devices.*')
      .where('sync_devices.user_id', caller.user.id ?? 0)
    return pageOf(query, 'sync_devices', NEWEST, page)
  },
})

/** Somebody's devices. */
export const listDevicesOf = readCase({
  name: 'devices.list',
  input: listDevicesValidator,
  find: ({ user }, { client }) => findPerson(user, client),
  policy: [DevicePolicy, 'manage'],
  details,
  run({ subject: person, client }, { user: _, ...page }) {
    const query = Device.query({ client }).select('sync_devices.*').where('sync_devices.user_id', person.id)
    return pageOf(query, 'sync_devices', NEWEST, page)
  },
})
