import { useEffect } from 'preact/hooks'

/** For what takes the place of a screen without an address of its own: it is read from its top. */
export function useTop() {
  useEffect(() => scrollTo(0, 0), [])
}
