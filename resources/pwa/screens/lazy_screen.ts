import type { AnyComponent } from 'preact'
import { lazy } from 'preact-iso'
import FailedScreen from '#pwa/screens/signed_out/failed_screen'

/** What a route hands over is named in its path: each screen takes of it what it needs. */
type Screen = { default: AnyComponent<never> }

/** A screen in a chunk of its own; where it cannot be had (no network, before it was kept), that is said. */
export function lazyScreen(load: () => Promise<Screen>): AnyComponent {
  return lazy(() => load().catch((): Screen => ({ default: FailedScreen }))) as object as AnyComponent
}
