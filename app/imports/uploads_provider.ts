import { SweepingProvider } from '#app/core/sweeping_provider'
import { sweepUploads } from '#app/imports/sweep_uploads'

/** Forgets files that were sent to be imported, and rows that were not taken. */
export default class UploadsProvider extends SweepingProvider {
  protected readonly everyMs = 15 * 60_000
  protected readonly what = 'files sent to be imported'
  protected readonly sweep = sweepUploads
}
