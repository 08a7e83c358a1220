import { effect, untracked } from '@preact/signals'
import { store } from '#pwa/device/browser_store'
import type { DeviceCredential } from '#pwa/device/types'
import { person, storeCredential, vault } from '#pwa/device/vault'
import { api, ask, session, type Answer } from '#pwa/session/session'
import { needs } from '#pwa/sync/sync'
import { t } from '#pwa/texts/t'

/** What this device is called until its owner says otherwise. */
export const usualName = () =>
  t(/Android|iPhone|Mobile/.test(navigator.userAgent) ? 'lock.prepare.name.default' : 'lock.prepare.name.computer')

/** A credential of this device's own, which sends and fetches for thirty days; with an id, a new one for that device. */
export async function enrolDevice(name: string, id?: string): Promise<Answer<DeviceCredential>> {
  const { data, problem } = await ask(api.POST('/api/v1/me/devices', { body: id ? { id, name } : { name } }))
  if (!data) return { problem }
  return { data: { deviceId: data.id, credential: data.credential, expiresAt: data.credential_expires_at } }
}

/**
 * Whoever signs in again while the device may not send any more has it send again, without a further step.
 * @returns what ends it
 */
export function renewWhenSignedIn(): () => void {
  let isUnderWay = false
  return effect(() => {
    const isOwner = session.value?.state === 'complete' && session.value.user_id === person.value?.id
    if (!isOwner || vault.value !== 'open' || !needs.value.has('sign_in') || isUnderWay) return
    isUnderWay = true
    void untracked(renew).finally(() => (isUnderWay = false))
  })
}

async function renew(): Promise<void> {
  const id = (await store.position())?.deviceId
  if (!id) return
  const { data: devices } = await ask(api.GET('/api/v1/me/devices', { params: { query: { limit: 100 } } }))
  const name = devices?.find((device) => device.id === id)?.name ?? usualName()
  const { data: credential } = await enrolDevice(name, id)
  if (!credential) return
  await storeCredential(credential)
}
