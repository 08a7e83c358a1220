import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { draft, dropDraft, keepDraft } from '#pwa/device/drafts'
import { patients } from '#pwa/device/held'
import { foundElsewhere } from '#pwa/screens/patients/found_elsewhere'
import type { Who } from '#pwa/screens/patients/who'

export interface Draft<T> {
  /** When it was last written, ISO 8601. */
  at: string
  value: T
  /** Of whom it is, as they were known then: it outlives the chart on this device. */
  patient?: Pick<Who, 'id'> & Partial<Who>
}

const PAUSE = 500

/**
 * Keeps what somebody types, encrypted on the device: half a second after the last change, and at once when the page
 * goes away. What could not be kept is tried again with the next change; until then `isUnkept` says so.
 */
export function useDraft<T>(key: string, patientId?: string) {
  const [found, setFound] = useState<Draft<T> | null | 'looking'>('looking')
  const [keptAt, setKeptAt] = useState<string | null>(null)
  const [isUnkept, setUnkept] = useState(false)
  const pending = useRef<Draft<T> | null>(null)
  const timer = useRef(0)
  /** What is under way: to drop comes after it, or it would come back. */
  const latest = useRef(Promise.resolve())

  const keepNow = useCallback(() => {
    clearTimeout(timer.current)
    const next = pending.current
    pending.current = null
    if (!next) return
    latest.current = keepDraft(key, next).then(
      () => {
        setKeptAt(next.at)
        setUnkept(false)
      },
      () => {
        pending.current ??= next
        setKeptAt(null)
        setUnkept(true)
      }
    )
  }, [key])

  const keep = useCallback(
    (value: T) => {
      pending.current = { at: new Date().toISOString(), value, ...(patientId && { patient: knownOf(patientId) }) }
      clearTimeout(timer.current)
      timer.current = window.setTimeout(keepNow, PAUSE)
    },
    [keepNow, patientId]
  )

  const drop = useCallback(async () => {
    clearTimeout(timer.current)
    pending.current = null
    setFound(null)
    setKeptAt(null)
    setUnkept(false)
    await latest.current
    pending.current = null
    await dropDraft(key)
  }, [key])

  useEffect(() => {
    let isCurrent = true
    setFound('looking')
    void draft<Draft<T>>(key).then((kept) => isCurrent && setFound(kept))
    document.addEventListener('visibilitychange', keepNow)
    window.addEventListener('pagehide', keepNow)
    return () => {
      isCurrent = false
      document.removeEventListener('visibilitychange', keepNow)
      window.removeEventListener('pagehide', keepNow)
      keepNow()
    }
  }, [key, keepNow])

  return { found, keptAt, isUnkept, keep, drop }
}

function knownOf(id: string): NonNullable<Draft<unknown>['patient']> {
  const known: Who | undefined = patients.value.find((each) => each.id === id) ?? foundElsewhere.value.get(id)
  if (!known) return { id }
  const { mrn, familyName, givenName, sex, dob } = known
  return { id, mrn, familyName, givenName, sex, dob }
}
