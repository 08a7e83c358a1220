import { useEffect, useRef } from 'preact/hooks'
import { language } from '#pwa/texts/t'

export interface CurveProps {
  /** Seconds since 1970, oldest first. */
  at: number[]
  rows: { label: string; values: (number | null)[] }[]
  range?: { low: number | null; high: number | null } | null
}

/**
 * A drawing of numbers that stand in a table beside it, so that nobody needs it. Its place is kept from the beginning;
 * what draws is loaded when the first one is shown.
 */
export function Curve({ at, rows, range = null }: CurveProps) {
  const place = useRef<HTMLDivElement>(null)
  const spoken = language.value
  const drawn = JSON.stringify({ at, rows, range })
  useEffect(() => {
    let isCurrent = true
    let erase = () => {}
    void import('#pwa/screens/patient/plot').then(({ plot }) => {
      if (isCurrent && place.current) erase = plot(place.current, { at, rows, range }, spoken)
    })
    return () => {
      isCurrent = false
      erase()
    }
  }, [drawn, spoken])
  return <div ref={place} class="patient-curve" aria-hidden="true" />
}
