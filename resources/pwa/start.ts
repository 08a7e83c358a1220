import { effect } from '@preact/signals'
import { lockWhenIdle, openDevice, touch, vault } from '#pwa/device/vault'
import { refreshSession, sessionStanding, startSession } from '#pwa/session/session'
import { forgetStanding, isOnline, startSync, syncState } from '#pwa/sync/sync'

/** What runs beside the screens, from the first moment on. */
export function start() {
  startSession()
  void openDevice()
  keepAwake()
  askAgainOnceReached()
  let stopSync = () => {}
  effect(() => {
    stopSync()
    stopSync = vault.value === 'open' ? startSync() : () => {}
    if (vault.value === 'none') forgetStanding()
  })
}

/** A browser that believed itself online all the while tells of no line that came back: the exchange finds it. */
function askAgainOnceReached() {
  effect(() => {
    const { phase, agreedAt } = syncState.value
    const hasAgreed = phase === 'idle' && agreedAt !== null && isOnline.value
    if (hasAgreed && sessionStanding.peek() === 'unreachable') void refreshSession()
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
