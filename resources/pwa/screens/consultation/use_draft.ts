import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { draft, dropDraft, keepDraft } from '#pwa/device/drafts'

export interface Draft<T> {
  /** When it was last written, ISO 8601. */
  at: string
  value: T
}

const PAUSE = 500

/**
 * Keeps what somebody types, encrypted on the device: half a second after the last change, and at once when the page
 * goes away.
 */
export function useDraft<T>(key: string) {
  const [found, setFound] = useState<Draft<T> | null | 'looking'>('looking')
  const [keptAt, setKeptAt] = useState<string | null>(null)
  const pending = useRef<Draft<T> | null>(null)
  const timer = useRef(0)

  const keepNow = useCallback(async () => {
    clearTimeout(timer.current)
    const next = pending.current
    pending.current = null
    if (!next) return
    await keepDraft(key, next)
    setKeptAt(next.at)
  }, [key])

  const keep = useCallback(
    (value: T) => {
      pending.current = { at: new Date().toISOString(), value }
      clearTimeout(timer.current)
      timer.current = window.setTimeout(() => void keepNow(), PAUSE)
    },
    [keepNow]
  )

  const drop = useCallback(async () => {
    clearTimeout(timer.current)
    pending.current = null
    setFound(null)
    setKeptAt(null)
    await dropDraft(key)
  }, [key])

  useEffect(() => {
    let isCurrent = true
    setFound('looking')
    void draft<Draft<T>>(key).then((kept) => isCurrent && setFound(kept))
    const hidden = () => void keepNow()
    document.addEventListener('visibilitychange', hidden)
    window.addEventListener('pagehide', hidden)
    return () => {
      isCurrent = false
      document.removeEventListener('visibilitychange', hidden)
      window.removeEventListener('pagehide', hidden)
      void keepNow()
    }
  }, [key, keepNow])

  return { found, keptAt, keep, drop }
}
