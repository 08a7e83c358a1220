import { effect, signal, type ReadonlySignal } from '@preact/signals'
import { store } from '#pwa/device/browser_store'
import type { Need, SyncState } from '#pwa/device/types'
import { Engine } from '#pwa/sync/engine'
import { Rounds } from '#pwa/sync/rounds'
import { fetchTransport } from '#pwa/sync/transport'

/** What the tab that leads tells the others. */
interface Told {
  state: SyncState
  needs: Need[]
  isOnline: boolean
}

const transport = fetchTransport({
  credential: async () => (await store.lockbox.credential())?.credential ?? null,
  language: () => document.documentElement.lang || 'fr',
})
const engine = new Engine(store, transport)
const rounds = new Rounds(engine, store.around.clock, (error) => console.error(error))
const isLeading = signal(false)

export const syncState: ReadonlySignal<SyncState> = engine.state
export const needs: ReadonlySignal<ReadonlySet<Need>> = engine.needs
export const isOnline: ReadonlySignal<boolean> = engine.isOnline

/** After the present moment's writes. */
export function syncSoon(): void {
  if (isLeading.peek()) rounds.soon()
  else store.around.channel?.tell({ kind: 'wish', isAnew: false })
}

/** Tries what was given up too: there may be room again, and somebody may have signed in. */
export async function syncNow(): Promise<void> {
  engine.needNot('room', 'sign_in')
  if (isLeading.peek()) await rounds.now()
  else store.around.channel?.tell({ kind: 'wish', isAnew: true })
}

/** Once the store is destroyed. */
export const forgetStanding = (): void => engine.forget()

/** One tab talks to the server; another takes over when it is closed. @returns what ends it */
export function startSync(): () => void {
  const stop = new AbortController()
  const { signal: stopped } = stop
  store.around.channel?.listen((message) => {
    if (message.kind === 'wish' && isLeading.peek()) {
      if (message.isAnew) engine.needNot('room', 'sign_in')
      rounds.soon()
    }
    if (message.kind === 'sync' && !isLeading.peek()) show(message.sync as Told)
  })
  const ends = [
    effect(() => {
      const told: Told = { state: engine.state.value, needs: [...engine.needs.value], isOnline: engine.isOnline.value }
      if (isLeading.value) store.around.channel?.tell({ kind: 'sync', sync: told })
    }),
    // A tab that is locked could neither read what waits nor the credential: another one leads.
    effect(() => {
      if (store.state.value !== 'open') return
      const leading = new AbortController()
      void lead(leading.signal)
      return () => leading.abort()
    }),
  ]
  const online = () => {
    engine.isOnline.value = navigator.onLine
    if (navigator.onLine) syncSoon()
  }
  const seen = () => {
    store.lockbox.lockWhenIdle()
    if (document.visibilityState === 'visible') syncSoon()
  }
  engine.isOnline.value = navigator.onLine
  addEventListener('online', online, { signal: stopped })
  addEventListener('offline', online, { signal: stopped })
  document.addEventListener('visibilitychange', seen, { signal: stopped })
  return () => {
    stop.abort()
    for (const end of ends) end()
  }
}

async function lead(stopped: AbortSignal): Promise<void> {
  const whileLeading = async () => {
    isLeading.value = true
    rounds.start()
    await new Promise((resolve) => stopped.addEventListener('abort', resolve, { once: true }))
    rounds.stop()
    isLeading.value = false
  }
  await navigator.locks.request('medinfo-sync', { signal: stopped }, whileLeading).catch((error: unknown) => {
    if (!stopped.aborted) throw error
  })
}

function show({ state, needs: needed, isOnline: online }: Told) {
  engine.state.value = state
  engine.needs.value = new Set(needed)
  engine.isOnline.value = online
}
