import { useRef } from 'preact/hooks'
import { useLocation } from 'preact-iso'

/**
 * Goes where something that was done leads to, unless the person has gone elsewhere while it was being done.
 * @returns whether it went there
 */
export function useGoingOn(): (to: string) => boolean {
  const { route } = useLocation()
  const here = useRef(location.pathname)
  return (to) => {
    const isHere = location.pathname === here.current
    if (isHere) route(to, true)
    return isHere
  }
}
