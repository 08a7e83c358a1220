import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { isSealed } from '#app/anchors/sealing_lease'
import { now, toSqlInstant } from '#app/core/clock'
import { selectRows } from '#app/core/insert_rows'
import { found, type Finding } from '#app/setup/finding'
import { auditAnchors } from '#start/env'

const LATE_MS = 60_000

/** Whether the audit is sealed, and its checkpoints are kept elsewhere. Whether it is intact says `audit verify`. */
export async function examineAudit(client: QueryClientContract): Promise<Finding[]> {
  return [await checkSealing(client), await checkAnchors(client)]
}

/** Without a server nobody seals, which is no fault. */
async function checkSealing(client: QueryClientContract): Promise<Finding> {
  const [row] = await selectRows<{ rows: number }>(
    client,
    `select count(*) as ${client.dialect.name === 'mysql' ? '`rows`' : '"rows"'} from audit_logs where created_at < ?
     and id > coalesce((select audit_id from audit_leaves order by leaf desc limit 1), 0)`,
    [toSqlInstant(new Date(now().getTime() - LATE_MS))]
  )
  const rows = Number(row!.rows)
  if (!rows) return found('audit_sealing', 'ok')
  if (await isSealed(client)) return found('audit_sealing', 'late', { rows })
  return { name: 'audit_sealing', ok: true, code: 'waiting', params: { rows } }
}

async function checkAnchors(client: QueryClientContract): Promise<Finding> {
  const places = auditAnchors()
  if (!places.length) return { name: 'audit_anchors', ok: true, code: 'none' }
  const failing: { place: string; problem: string }[] = await client
    .from('audit_anchors')
    .whereIn('place', places)
    .whereNotNull('problem')
    .select('place', 'problem')
  const told = failing.map(({ place, problem }) => `${place} (${problem})`).join(', ')
  return found('audit_anchors', failing.length ? 'failing' : 'ok', { count: places.length, places: told })
}
