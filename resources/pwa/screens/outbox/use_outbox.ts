import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { store } from '#pwa/device/browser_store'
import type { OutboxItem } from '#pwa/device/types'
import { outbox } from '#pwa/device/outbox'

/**
 * What this device has written, once it is surely read: a store that was opened a moment ago shows nothing yet, which is
 * not the same as nothing to send. Null until then.
 */
export function useOutbox(): OutboxItem[] | null {
  const isRead = useSignal(false)
  useEffect(() => void store.queue.reload().then(() => (isRead.value = true)), [])
  return isRead.value ? outbox.value : null
}
