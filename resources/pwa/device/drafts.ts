import { store } from '#pwa/device/browser_store'

/** Null where there is none. A key holds no name: it is stored as it is. */
export function draft<T>(key: string): Promise<T | null> {
  return store.drafts.read<T>(key)
}

export function keepDraft(key: string, value: unknown): Promise<void> {
  return store.drafts.keep(key, value)
}

export function dropDraft(key: string): Promise<void> {
  return store.drafts.drop(key)
}
