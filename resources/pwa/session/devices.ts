import { api, ask, type Answer } from '#pwa/session/session'

export interface Device {
  id: string
  name: string
  browser: string | null
  system: string | null
  created_at: string
  last_seen_at: string | null
  credential_expires_at: string
  revoked_at: string | null
}

export const listDevices = () => ask(api.GET('/api/v1/me/devices' as never)) as unknown as Promise<Answer<Device[]>>

export const revokeDevice = (id: string) =>
  ask(api.DELETE('/api/v1/me/devices/{id}' as never, { params: { path: { id } } } as never)) as unknown as Promise<
    Answer<Device>
  >
