import { browseDevices, DEVICE_STATES, openDeviceRow, SILENCES } from '#app/sync/browse_devices'
import { revokeDeviceOf } from '#app/sync/revoke_device'
import type { AdminResource } from '#admin/resource'

export const devices: AdminResource = {
  id: 'devices',
  group: 'people',
  icon: 'Smartphone',
  permission: 'users.manage',
  title: 'name',
  properties: {
    name: { inList: true },
    person: { inList: true, isFilter: true },
    email: { isFilter: true },
    device: { inList: true },
    state: { inList: true, isFilter: true, values: DEVICE_STATES },
    last_seen_at: { type: 'datetime', inList: true, isSortable: true },
    silence: { values: SILENCES },
    created_at: { type: 'datetime', isSortable: true },
    credential_expires_at: { type: 'datetime' },
    revoked_at: { type: 'datetime' },
    revoked_by: {},
  },
  browse: browseDevices,
  open: openDeviceRow,
  actions: {
    revoke: {
      gate: revokeDeviceOf,
      permission: 'users.manage',
      icon: 'Slash',
      isDangerous: true,
      asksReason: true,
      isFor: ({ state }) => state !== 'revoked',
      input: (row) => ({ user: row!.user, id: row!.id }),
    },
  },
}
