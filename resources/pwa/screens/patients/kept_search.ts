import { effect } from '@preact/signals'
import { vault } from '#pwa/device/vault'

/**
 * What was looked for at each place of the browser's history, so that going back shows it. The history keeps a number
 * and the text is in memory until the store is locked: it is a name, which whoever has the device would read in an
 * address, and a server write into its log.
 */
const searches = new Map<number, string>()

effect(() => {
  if (vault.value !== 'open') searches.clear()
})

let last = 0

const placeOf = (state: unknown) => (state as { search?: number } | null)?.search

export function searchHere(): string {
  return searches.get(placeOf(history.state) ?? 0) ?? ''
}

export function keepSearchHere(text: string) {
  const place = placeOf(history.state)
  // A number of a former page is none of this one.
  const own = place !== undefined && searches.has(place) ? place : ++last
  searches.set(own, text)
  history.replaceState({ ...(history.state as object | null), search: own }, '')
}
