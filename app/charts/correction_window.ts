import type { Actor } from '#app/core/actor'
import { now } from '#app/core/clock'
import { AddendumRequired, BeforeBirth } from '#app/charts/chart_problems'
import env from '#start/env'

/** How long somebody other than the author may correct a record, in hours: CORRECTION_WINDOW_HOURS, else 24. */
const correctionWindow = () => env.get('CORRECTION_WINDOW_HOURS', 24)

/**
 * Within the window whoever may write corrects; after it only the author, since others may no longer know what was
 * meant: they make an addendum. Errors: AddendumRequired.
 */
export function refuseLateCorrection(user: Actor, authorId: number | null, createdAt: Date) {
  const isAuthor = user.id !== null && user.id === authorId
  if (!isAuthor && now().getTime() > createdAt.getTime() + correctionWindow() * 3_600_000) throw new AddendumRequired()
}

/**
 * Compares days as the sender wrote them: an instant of the day of birth is none before it in any zone.
 * Errors: BeforeBirth, at `pointer`.
 */
export function refuseBeforeBirth(instant: string | null | undefined, dob: string, pointer: string) {
  if (instant && instant.slice(0, 10) < dob) throw new BeforeBirth(pointer)
}
