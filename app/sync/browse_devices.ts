import vine from '@vinejs/vine'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import { browse, whereBegins } from '#app/core/browse'
import { now, toSqlInstant } from '#app/core/clock'
import { readCase } from '#app/core/read_case'
import { rowUuid } from '#app/core/rules'
import { deviceOf } from '#app/sessions/device'
import Device from '#app/sync/device'
import DevicePolicy from '#app/sync/device_policy'
import User from '#app/users/user'

/** One that waits holds what it has until its owner signs in on it again. */
export const DEVICE_STATES = ['live', 'waits_for_sign_in', 'revoked'] as const
/** How long nothing was heard of it: only a device that is silent may hold what was not sent. */
export const SILENCES = ['none', 'day', 'never', 'ended'] as const

const DAY_MS = 86_400_000

/** Everybody's devices, as the back office lists them. */
export const browseDevices = browse({
  name: 'devices.browse',
  policy: [DevicePolicy, 'manage'],
  filters: {
    person: vine.string().trim().maxLength(160).optional(),
    email: vine.string().trim().maxLength(190).optional(),
    state: vine.enum(DEVICE_STATES).optional(),
  },
  sorts: { created_at: 'sync_devices.created_at', last_seen_at: 'sync_devices.last_seen' },
  direction: 'desc',
  tie: 'sync_devices.uuid',
  query({ client }, { person, email, state }) {
    const query = Device.query({ client })
      .select('sync_devices.*')
      .join('users', 'users.id', 'sync_devices.user_id')
      .preload('user')
    if (person) whereBegins(query, 'users.name', person)
    if (email) whereBegins(query, 'users.email', email)
    return state ? query.where((one) => narrow(one, state as DeviceState)) : query
  },
  show: rowOf,
})

/** One of them. */
export const openDeviceRow = readCase({
  name: 'devices.open',
  input: vine.create({ id: rowUuid() }),
  find: ({ id }, { client }) => Device.query({ client }).where('uuid', id).preload('user').firstOrFail(),
  policy: [DevicePolicy, 'manage'],
  async run({ subject: device, client }) {
    const revoker = device.revokedBy && (await User.query({ client }).where('id', device.revokedBy).first())
    return { ...rowOf(device), revoked_by: revoker ? revoker.name : null, auditIdentity: () => device.auditIdentity() }
  },
})

type DeviceState = (typeof DEVICE_STATES)[number]

function narrow(query: ModelQueryBuilderContract<typeof Device>, state: DeviceState) {
  if (state === 'revoked') return query.whereNotNull('sync_devices.revoked_at')
  void query.whereNull('sync_devices.revoked_at')
  const at = toSqlInstant(now())
  if (state === 'live')
    return query
      .where('sync_devices.credential_expires_at', '>', at)
      .whereColumn('sync_devices.sign_in_epoch', 'users.sign_in_epoch')
      .whereNull('users.disabled_at')
  return query.where((either) => {
    void either
      .where('sync_devices.credential_expires_at', '<=', at)
      .orWhereColumn('sync_devices.sign_in_epoch', '!=', 'users.sign_in_epoch')
      .orWhereNotNull('users.disabled_at')
  })
}

function stateOf(device: Device): DeviceState {
  if (device.isRevoked) return 'revoked'
  const { user } = device
  const isLive =
    device.credentialExpiresAt > now() && Number(device.signInEpoch) === Number(user.signInEpoch) && !user.isDisabled
  return isLive ? 'live' : 'waits_for_sign_in'
}

function silenceOf({ isRevoked, lastSeen }: Device): (typeof SILENCES)[number] {
  if (isRevoked) return 'ended'
  if (!lastSeen) return 'never'
  return now().getTime() - lastSeen.getTime() > DAY_MS ? 'day' : 'none'
}

function rowOf(device: Device) {
  const { browser, system } = deviceOf(device.userAgent)
  return {
    id: device.uuid,
    name: device.name,
    person: device.user.name,
    email: device.user.email,
    user: device.user.uuid,
    device: [browser, system].filter(Boolean).join(', ') || null,
    state: stateOf(device),
    silence: silenceOf(device),
    created_at: device.createdAt.toISOString(),
    last_seen_at: device.lastSeen?.toISOString() ?? null,
    credential_expires_at: device.credentialExpiresAt.toISOString(),
    revoked_at: device.revokedAt?.toISOString() ?? null,
  }
}
