import { api, ask } from '#pwa/session/session'
import type { components } from '#pwa/api/schema'

export type Device = components['schemas']['Device']

export const listDevices = () => ask(api.GET('/api/v1/me/devices'))

export const revokeDevice = (id: string) => ask(api.DELETE('/api/v1/me/devices/{id}', { params: { path: { id } } }))
