import { signal, type ReadonlySignal } from '@preact/signals'
import { Workbox } from 'workbox-window'

const waiting = signal(false)

/** A new version is installed and waits until somebody takes it, or was taken in another tab. */
export const updateWaits: ReadonlySignal<boolean> = waiting
/** The whole app is on the device now, for the first time. */
export const isOfflineReady = signal(false)

const HOUR = 3_600_000

let workbox: Workbox | null = null
let wasAskedHere = false

/** Installs the app on this device. Without a service worker (private windows, plain http) it works online. */
export async function registerWorker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  workbox = new Workbox('/app/sw.js', { scope: '/app/' })
  workbox.addEventListener('waiting', () => (waiting.value = true))
  workbox.addEventListener('activated', ({ isUpdate }) => (isOfflineReady.value = !isUpdate))
  followOtherTabs()
  try {
    await workbox.register()
  } catch {
    // No network at the first start, or a browser that forbids it: the next start tries again.
    return
  }
  lookForUpdates(workbox)
}

/** The chunks of the former version go with it, so that a tab in which nobody asked has to load anew as well. */
function followOtherTabs() {
  let former = navigator.serviceWorker.controller
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (wasAskedHere) location.reload()
    else if (former) waiting.value = true
    former = navigator.serviceWorker.controller
  })
}

/** An app that stays open for days asks by itself, and whenever somebody comes back to it. */
function lookForUpdates(registered: Workbox) {
  const look = () => {
    if (navigator.onLine) registered.update().catch(() => {})
  }
  setInterval(look, HOUR)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') look()
  })
}

/** Takes the new version and loads the page anew with it; what waits to be sent is in the store and stays. */
export async function takeUpdate(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration('/app/')
  if (!registration?.waiting) return location.reload()
  wasAskedHere = true
  workbox?.messageSkipWaiting()
}
