import { signal, type ReadonlySignal } from '@preact/signals'
import type { Need, SyncState } from '#pwa/device/types'

export const syncState: ReadonlySignal<SyncState> = signal<SyncState>({
  phase: 'idle',
  loaded: 0,
  total: 0,
  agreedAt: null,
  problem: null,
})
export const needs: ReadonlySignal<Set<Need>> = signal<Set<Need>>(new Set())
export const isOnline: ReadonlySignal<boolean> = signal(true)

/** After the present moment's writes. */
export function syncSoon(): void {}

export async function syncNow(): Promise<void> {}

/** @returns what ends it */
export function startSync(): () => void {
  return () => {}
}
