import { signal } from '@preact/signals'
import { api, ask } from '#pwa/session/session'
import type { components } from '#pwa/api/schema'

type PublicInfo = components['schemas']['PublicInfo']

/** What the server says of itself to anybody; null until it has been asked. */
export const publicInfo = signal<PublicInfo | null>(null)

export async function loadPublicInfo(): Promise<void> {
  publicInfo.value ??= (await ask(api.GET('/api/v1/public/info'))).data ?? null
}
