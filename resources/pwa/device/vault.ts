import type { ReadonlySignal } from '@preact/signals'
import { store } from '#pwa/device/browser_store'
import type { VaultState } from '#pwa/device/core'
import type { DeviceCredential, Person } from '#pwa/device/types'
import { syncNow } from '#pwa/sync/sync'

export type { VaultState } from '#pwa/device/core'
export { SHORTEST_PASSPHRASE } from '#pwa/device/lockbox'

/** Whether this browser holds a store, and whether it can be read. */
export const vault: ReadonlySignal<VaultState> = store.state
export const person: ReadonlySignal<Person | null> = store.person

/** Looks what is there; once, at the start. */
export function openDevice(): Promise<void> {
  return store.lockbox.look()
}

/** Errors: RangeError for a passphrase of less than 10 characters, or where there is a store already. */
export async function createVault(passphrase: string, owner: Person, credential: DeviceCredential): Promise<void> {
  // Asked for once there is something to keep; a browser that says no still keeps it as long as there is room.
  await navigator.storage?.persist?.().catch(() => false)
  await store.lockbox.create(passphrase, owner, credential)
}

/** @returns whether the passphrase is right */
export function unlock(passphrase: string): Promise<boolean> {
  return store.lockbox.unlock(passphrase)
}

export function lock(): void {
  store.lockbox.lock()
}

/** @returns whether the old passphrase is right. Errors: RangeError for a short one. */
export function changePassphrase(old: string, next: string): Promise<boolean> {
  return store.lockbox.changePassphrase(old, next)
}

/** The key and all rows. Errors: UnsentWork while something was never sent, unless it may go too. */
export function destroyVault(options: { evenUnsent?: boolean } = {}): Promise<void> {
  return store.lockbox.destroy(options)
}

/** After a sign-in: sending goes on. */
export async function storeCredential(credential: DeviceCredential): Promise<void> {
  await store.lockbox.storeCredential(credential)
  void syncNow()
}

/** Somebody is there: it does not lock for another ten minutes. */
export function touch(): void {
  store.lockbox.touch()
}

/** For when a tab comes back to the front: its timers may have slept. */
export function lockWhenIdle(): void {
  store.lockbox.lockWhenIdle()
}
