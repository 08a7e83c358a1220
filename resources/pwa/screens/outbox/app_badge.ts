import { effect } from '@preact/signals'
import { outbox } from '#pwa/device/outbox'
import { vault } from '#pwa/device/vault'
import { isUnsent } from '#pwa/screens/outbox/describe_item'

/** The number on the app's icon, where the system shows one. @returns what ends it */
export function showAppBadge(): () => void {
  if (!('setAppBadge' in navigator)) return () => {}
  return effect(() => {
    // Locked, nobody knows the number: the former one stays.
    if (vault.value !== 'open') return
    const count = outbox.value.filter(isUnsent).length
    const shown = count ? navigator.setAppBadge(count) : navigator.clearAppBadge()
    // A system that shows none refuses, which changes nothing here.
    shown.catch(() => {})
  })
}
