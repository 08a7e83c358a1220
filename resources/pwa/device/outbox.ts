import type { ReadonlySignal } from '@preact/signals'
import { store } from '#pwa/device/browser_store'
import type { OutboxItem, WriteOrder } from '#pwa/device/types'
import { syncSoon } from '#pwa/sync/sync'

/** Everything that is not acknowledged, in the order of writing. */
export const outbox: ReadonlySignal<OutboxItem[]> = store.outbox
/** Of them, what is not set aside. */
export const waitingCount: ReadonlySignal<number> = store.waitingCount

/** On the disk when it returns; sent when there is a network. Errors: RangeError for a correction of what is not here. */
export async function write(order: WriteOrder): Promise<{ id: string; mutationId: string }> {
  const written = await store.writing.write(order)
  syncSoon()
  return written
}

/** Ends a conflict with what somebody chose; the losing side goes into the record's history. */
export async function settle(mutationId: string, chosen: Record<string, unknown>): Promise<void> {
  await store.writing.settle(mutationId, chosen)
  syncSoon()
}

/** What was refused, in another form: a new mutation in its place, with all of its data. */
export async function correctRefused(mutationId: string, data: Record<string, unknown>): Promise<void> {
  await store.writing.correctRefused(mutationId, data)
  syncSoon()
}

/** What was refused or set aside, as it was. */
export async function sendAgain(mutationId: string): Promise<void> {
  await store.writing.sendAgain(mutationId)
  syncSoon()
}

/** Kept, and not sent any more; after it was exported. */
export async function setAside(mutationId: string): Promise<void> {
  await store.writing.setAside(mutationId)
  syncSoon()
}

/** What was never acknowledged, as JSON that an administrator can read. */
export async function exportUnsent(mutationIds?: string[]): Promise<Blob> {
  return store.exportUnsent(mutationIds)
}
