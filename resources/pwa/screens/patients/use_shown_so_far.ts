import { useEffect, useRef, useState } from 'preact/hooks'

const CHUNK = 50

/**
 * How many rows of a long list are on the page: a chunk, and one more whenever its end comes near, so that five thousand
 * patients cost a phone no more than those it shows.
 *
 * @param of what the list is about; another one begins anew
 */
export function useShownSoFar(total: number, of: unknown) {
  const [shown, setShown] = useState({ of, count: CHUNK })
  const end = useRef<HTMLButtonElement>(null)
  const count = Math.min(total, Object.is(shown.of, of) ? shown.count : CHUNK)
  const more = () => setShown({ of, count: count + CHUNK })
  useEffect(() => {
    const button = end.current
    if (!button || count >= total) return
    const watch = new IntersectionObserver((entries) => entries.some((each) => each.isIntersecting) && more(), {
      rootMargin: '600px',
    })
    watch.observe(button)
    return () => watch.disconnect()
  }, [count, total, of])
  return { count, hasMore: count < total, more, end }
}
