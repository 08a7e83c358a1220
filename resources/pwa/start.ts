import { effect } from '@preact/signals'
import { lockWhenIdle, openDevice, touch, vault } from '#pwa/device/vault'
import { startSession } from '#pwa/session/session'
import { startSync } from '#pwa/sync/sync'

/** What runs beside the screens, from the first moment on. */
export function start() {
  startSession()
  void openDevice()
  keepAwake()
  let stopSync = () => {}
  effect(() => {
    stopSync()
    stopSync = vault.value === 'open' ? startSync() : () => {}
  })
}

/** Whoever types or taps is there; a device that was put away locks itself. */
function keepAwake() {
  for (const sign of ['pointerdown', 'keydown', 'input'])
    addEventListener(sign, touch, { capture: true, passive: true })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') lockWhenIdle()
  })
}
