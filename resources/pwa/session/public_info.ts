import { signal } from '@preact/signals'
import { beginIn, offerLanguages } from '#pwa/texts/language'
import { api, ask } from '#pwa/session/session'
import type { components } from '#pwa/api/schema'

type PublicInfo = components['schemas']['PublicInfo']

/** What the server says of itself to anybody; null until it has been asked. */
export const publicInfo = signal<PublicInfo | null>(null)

export async function loadPublicInfo(): Promise<void> {
  if (publicInfo.value) return
  const { data } = await ask(api.GET('/api/v1/public/info'))
  if (!data) return
  publicInfo.value = data
  offerLanguages(data.languages)
  await beginIn(data.language)
}
