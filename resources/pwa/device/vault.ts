import { signal, type ReadonlySignal } from '@preact/signals'
import type { DeviceCredential, Person } from '#pwa/device/types'

/** Whether this browser holds a store, and whether it can be read. */
export type VaultState = 'unknown' | 'none' | 'locked' | 'open'

export const vault: ReadonlySignal<VaultState> = signal<VaultState>('unknown')
export const person: ReadonlySignal<Person | null> = signal<Person | null>(null)

/** Looks what is there; once, at the start. */
export async function openDevice(): Promise<void> {}

/** Errors: RangeError for a passphrase of less than 10 characters. */
export async function createVault(_passphrase: string, _person: Person, _credential: DeviceCredential): Promise<void> {}

/** @returns whether the passphrase is right */
export async function unlock(_passphrase: string): Promise<boolean> {
  return false
}

export function lock(): void {}

/** @returns whether the old passphrase is right */
export async function changePassphrase(_old: string, _next: string): Promise<boolean> {
  return false
}

/** The key and all rows. Errors: UnsentWork while something was never sent, unless it may go too. */
export async function destroyVault(_options: { evenUnsent?: boolean } = {}): Promise<void> {}

export async function storeCredential(_credential: DeviceCredential): Promise<void> {}

/** Somebody is there: it does not lock for another ten minutes. */
export function touch(): void {}
