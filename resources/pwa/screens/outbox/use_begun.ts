import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { store } from '#pwa/device/browser_store'
import { dropDraft, drafts, type KeptDraft } from '#pwa/device/drafts'
import { patients } from '#pwa/device/held'
import type { OutboxItem } from '#pwa/device/types'
import { begunOf, settledAmong } from '#pwa/screens/outbox/begun'

/** The writing of patients who are not on this device; what is left of settled conflicts goes. */
export function useBegun(items: OutboxItem[]) {
  const kept = useSignal<KeptDraft[] | null>(null)
  const look = async () => {
    // A store that was opened a moment ago knows only some of its patients.
    await store.settled()
    const all = await drafts()
    for (const key of settledAmong(all, items)) await dropDraft(key)
    kept.value = all
  }
  const held = patients.value
  useEffect(() => void look(), [held.length])
  const begun = begunOf(kept.value ?? [], new Set(held.map(({ id }) => id)))
  return {
    begun,
    drop: async (key: string) => {
      await dropDraft(key)
      await look()
    },
  }
}
