import { BaseTransformer } from '@adonisjs/core/transformers'
import type { Static } from 'typebox'
import { instant, nullable, shape, text, uuid } from '#app/http/shapes'
import { deviceOf } from '#app/sessions/device'
import type Device from '#app/sync/device'

const told = {
  id: uuid(),
  name: text(),
  browser: nullable(text()),
  system: nullable(text()),
  created_at: instant(),
  /** To some seconds. */
  last_seen_at: nullable(instant()),
  credential_expires_at: instant(),
  revoked_at: nullable(instant()),
}

export const deviceShape = shape('Device', told)

export const newDeviceShape = shape('NewDevice', {
  ...told,
  /** Shown in this answer and never again. */
  credential: text(),
})

/** A device as its owner or an administrator sees it. */
export default class DeviceTransformer extends BaseTransformer<Device> {
  toObject(): Static<typeof deviceShape> {
    return deviceData(this.resource)
  }
}

export class NewDeviceTransformer extends BaseTransformer<{ device: Device; credential: string }> {
  toObject(): Static<typeof newDeviceShape> {
    const { device, credential } = this.resource
    return { ...deviceData(device), credential }
  }
}

function deviceData(device: Device): Static<typeof deviceShape> {
  return {
    id: device.uuid,
    name: device.name,
    ...deviceOf(device.userAgent),
    created_at: device.createdAt.toISOString(),
    last_seen_at: device.lastSeen?.toISOString() ?? null,
    credential_expires_at: device.credentialExpiresAt.toISOString(),
    revoked_at: device.revokedAt?.toISOString() ?? null,
  }
}
