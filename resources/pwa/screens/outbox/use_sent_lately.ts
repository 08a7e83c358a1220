import { useEffect, useState } from 'preact/hooks'
import { store } from '#pwa/device/browser_store'
import { outbox } from '#pwa/device/outbox'
import type { OutboxItem } from '#pwa/device/types'

const DAYS = 7
const MOST = 20

/** What the server took of this device in the last days, the latest first; read again whenever something leaves the queue. */
export function useSentLately(): OutboxItem[] {
  const [sent, setSent] = useState<OutboxItem[]>([])
  const unsent = outbox.value
  useEffect(() => {
    let isCurrent = true
    const since = new Date(Date.now() - DAYS * 86_400_000).toISOString()
    void store.queue.sentSince(since, MOST).then((items) => isCurrent && setSent(items))
    return () => {
      isCurrent = false
    }
  }, [unsent])
  return sent
}
