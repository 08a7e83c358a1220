import { sameValue } from '#app/sync/merging'
import type { Values } from '#pwa/screens/consultation/clinical_form'

/** Fields that somebody else changed while this person was changing them too: what they saw, what stands, what they typed. */
export function changedBelow(seen: Values, stands: Values, typed: Values): string[] {
  const isSame = (one: unknown, other: unknown) => sameValue(one || null, other || null)
  return Object.keys(typed).filter(
    (field) =>
      !isSame(seen[field], stands[field]) && !isSame(typed[field], seen[field]) && !isSame(typed[field], stands[field])
  )
}
