import type { AnyComponent } from 'preact'
import { lazy } from 'preact-iso'
import FailedScreen from '#pwa/screens/signed_out/failed_screen'

/** What a route hands over is named in its path: each screen takes of it what it needs. */
type Screen = { default: AnyComponent<never> }

let sayShown: () => void
/** Resolves once there is a screen to show: until then the line belongs to it. */
export const firstScreen = new Promise<void>((resolve) => (sayShown = resolve))

/** A screen in a chunk of its own; where it cannot be had (no network, before it was kept), that is said. */
export function lazyScreen(load: () => Promise<Screen>): AnyComponent {
  const loadOrSay = () => load().catch((): Screen => ({ default: FailedScreen }))
  return lazy(() => loadOrSay().finally(sayShown)) as object as AnyComponent
}
