import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import type AuditLog from '#app/audit/audit_log'
import { COUNTED } from '#app/core/browse'

export const INDEXED = {
  patient: 'patient_uuid',
  user: 'user_id',
  action: 'action',
  outcome: 'outcome',
} as const

export type Indexed = keyof typeof INDEXED

interface Bounded {
  /** Whose index is read. */
  by?: Indexed
  /** Entries before it are not looked at. */
  since: Date | null
}

/**
 * Several filters together may find one entry in a million, with no index for all of them. Then the one is read that
 * finds few by itself; where each finds more than is counted, the one whose newest entries reach back farthest, and only
 * these: so many are read, and no more.
 */
export async function boundSearch(
  filters: object,
  foundBy: (one: Indexed) => ModelQueryBuilderContract<typeof AuditLog>
): Promise<Bounded> {
  const asked = (Object.keys(INDEXED) as Indexed[]).filter((name) => (filters as Record<string, unknown>)[name])
  if (asked.length < 2) return { by: asked[0], since: null }
  const reached: { by: Indexed; since: Date }[] = []
  for (const by of asked) {
    const last = await foundBy(by)
      .select('audit_logs.created_at')
      .orderBy('audit_logs.created_at', 'desc')
      .offset(COUNTED)
      .first()
    if (!last) return { by, since: null }
    reached.push({ by, since: last.createdAt })
  }
  return reached.reduce((one, other) => (other.since < one.since ? other : one))
}
