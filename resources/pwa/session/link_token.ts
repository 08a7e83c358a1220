import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

/**
 * The value of a mailed link, which stands behind the `#` so that no server's log has it. It is taken out of the address
 * bar at once: nobody reads it over a shoulder, in a history, or by the button that shares the page.
 */
export function useLinkToken(): string | null {
  const token = useSignal<string | null>(null)
  if (location.hash.length > 1) token.value = takeToken()
  useEffect(() => {
    // Another mail of the same kind, opened in the same tab, changes nothing but the fragment.
    const again = () => {
      if (location.hash.length > 1) token.value = takeToken()
    }
    addEventListener('hashchange', again)
    return () => removeEventListener('hashchange', again)
  }, [])
  return token.value
}

function takeToken(): string {
  const token = decodeURIComponent(location.hash.slice(1))
  history.replaceState(history.state, '', location.pathname + location.search)
  return token
}
