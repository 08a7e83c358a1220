import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { assertAgrees, type Anchor } from '#app/audit/anchor'
import { auditKeys, type AuditKeys } from '#app/audit/audit_keys'
import { AuditInconsistent, lastCheckpoint, type CheckpointRow } from '#app/audit/tree_head'
import { now, toSqlInstant } from '#app/core/clock'

export interface Anchored {
  place: string
  /** Rows of the audit that the place vouches for; null while it has nothing. */
  size: number | null
  /** Why it does not have the last checkpoint: a code of the system or of the place. */
  problem: string | null
}

/**
 * What this process brought last to each place. Whether a place has a checkpoint says the place or, where it cannot be
 * read, this: what the database says of it can be altered by those against whom checkpoints are kept elsewhere.
 */
const putLast = new Map<string, string>()

/** Brings the last checkpoint to each place that has it not, and notes what became of it. */
export async function anchorAudit(client: QueryClientContract, anchors: Anchor[]): Promise<Anchored[]> {
  const keys = await auditKeys(client)
  const row = await lastCheckpoint(client, keys)
  if (!row) return anchors.map(({ place }) => ({ place, size: null, problem: null }))
  const results: Anchored[] = []
  for (const anchor of anchors) results.push(await anchorAtPlace(client, anchor, { row, keys }))
  return results
}

async function anchorAtPlace(
  client: QueryClientContract,
  anchor: Anchor,
  { row, keys }: { row: CheckpointRow; keys: AuditKeys }
): Promise<Anchored> {
  const { place } = anchor
  const size = Number(row.size)
  const former = await client.from('audit_anchors').where({ place }).first()
  const at = toSqlInstant(now())
  try {
    const newest = await assertAgrees(anchor, client, keys)
    const isThere = newest === undefined ? putLast.get(place) === row.note : newest === size
    if (!isThere) await anchor.put(row.note)
    putLast.set(place, row.note)
    await note(client, place, { size, anchored_at: at, failed_at: null, problem: null })
    return { place, size, problem: null }
  } catch (error) {
    const problem = problemOf(error)
    await note(client, place, { failed_at: at, problem })
    return { place, size: former ? Number(former.size) : null, problem }
  }
}

function problemOf(error: unknown): string {
  if (error instanceof AuditInconsistent) return 'differs'
  const { code, name } = error as { code?: unknown; name?: string }
  return String(code ?? name ?? 'unknown').slice(0, 64)
}

async function note(client: QueryClientContract, place: string, given: Record<string, string | number | null>) {
  const at = toSqlInstant(now())
  const changed = await client
    .from('audit_anchors')
    .where({ place })
    .update({ ...given, updated_at: at })
  if (!Number(changed)) await client.table('audit_anchors').insert({ place, ...given, created_at: at, updated_at: at })
}
