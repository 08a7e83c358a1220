import { SweepingProvider } from '#app/core/sweeping_provider'
import { sweepSync } from '#app/sync/sweep_sync'

/** Forgets what devices pulled long ago, and what they sent. */
export default class SyncProvider extends SweepingProvider {
  protected readonly everyMs = 60 * 60_000
  protected readonly what = 'old changes and mutations'
  protected readonly sweep = sweepSync
}
