import { SweepingProvider } from '#app/core/sweeping_provider'
import { sweepChallenges } from '#app/passkeys/challenge'

/** Forgets the challenges that nobody answered. */
export default class ChallengesProvider extends SweepingProvider {
  protected readonly everyMs = 10 * 60_000
  protected readonly what = 'old challenges'
  protected readonly sweep = sweepChallenges
}
