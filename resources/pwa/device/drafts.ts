import { store } from '#pwa/device/browser_store'
import type { KeptDraft } from '#pwa/device/draft_box'

export type { KeptDraft } from '#pwa/device/draft_box'

/** Null where there is none. A key holds no name: it is stored as it is. */
export function draft<T>(key: string): Promise<T | null> {
  return store.drafts.read<T>(key)
}

/** All of them, by key. */
export function drafts(): Promise<KeptDraft[]> {
  return store.drafts.all()
}

/** Errors: QuotaExceededError where the browser has no more room; Locked. */
export function keepDraft(key: string, value: unknown): Promise<void> {
  return store.drafts.keep(key, value)
}

export function dropDraft(key: string): Promise<void> {
  return store.drafts.drop(key)
}
