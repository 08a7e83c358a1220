import type { Caller } from '#app/core/caller'
import { now } from '#app/core/clock'
import { Forbidden } from '#app/core/problem'

const GOOD_FOR_MS = 5 * 60_000

/**
 * Lets pass whoever proved in the last five minutes that it is still them. A token proves nothing of the kind; whoever is
 * at the machine, or a job, has nobody to prove it to. Errors: Forbidden `session_required` or `step_up_required`.
 */
export function requireConfirmed({ user, via }: Caller) {
  if (via === 'cli' || via === 'job') return
  if (!user.signIn) throw new Forbidden('session_required')
  const { confirmedAt } = user.signIn
  if (!confirmedAt || now().getTime() - confirmedAt.getTime() > GOOD_FOR_MS) throw new Forbidden('step_up_required')
}
