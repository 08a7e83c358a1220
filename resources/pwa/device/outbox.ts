import { computed, signal, type ReadonlySignal } from '@preact/signals'
import type { OutboxItem, WriteOrder } from '#pwa/device/types'

/** Everything that is not acknowledged, in the order of writing. */
export const outbox: ReadonlySignal<OutboxItem[]> = signal<OutboxItem[]>([])
export const waitingCount: ReadonlySignal<number> = computed(() => outbox.value.length)

/** Stored on this device when it returns; sent when there is a network. */
export async function write(_order: WriteOrder): Promise<{ id: string; mutationId: string }> {
  return { id: '', mutationId: '' }
}

/** Ends a conflict with what somebody chose; the losing side goes into the record's history. */
export async function settle(_mutationId: string, _chosen: Record<string, unknown>): Promise<void> {}

/** What was refused, in another form: a new mutation in its place. */
export async function correctRefused(_mutationId: string, _data: Record<string, unknown>): Promise<void> {}

export async function sendAgain(_mutationId: string): Promise<void> {}

/** Kept, and not sent any more; after it was exported. */
export async function setAside(_mutationId: string): Promise<void> {}

/** What was never acknowledged, as JSON that an administrator can read. */
export async function exportUnsent(_mutationIds?: string[]): Promise<Blob> {
  return new Blob([])
}
