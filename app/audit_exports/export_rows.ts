import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { AUDIT_COLUMNS, type AuditValue } from '#app/audit/audit_entry'
import { toSqlInstant } from '#app/core/clock'
import { selectRows } from '#app/core/insert_rows'

const PAGE = 200

export interface Asked {
  from?: string
  to?: string
  patient?: string
  user?: string
}

/** As it is kept, with whose it is and its place in the tree. */
export type ExportedRow = Record<(typeof AUDIT_COLUMNS)[number], AuditValue> & {
  id: number
  user_uuid: string | null
  user_name: string | null
  leaf: number | null
}

/** By instant, each page a statement of its own, so that a million rows take no more memory than two hundred. */
export async function* pagesOfRows(
  client: QueryClientContract,
  asked: Asked,
  lastId: number
): AsyncGenerator<ExportedRow[]> {
  const { sql, bindings } = conditionsOf(asked, lastId)
  let after: { created_at: AuditValue; id: number } | undefined
  for (;;) {
    const rows: ExportedRow[] = await selectRows(
      client,
      // Never an inner join of the leaves: MariaDB would begin with them, and sort them all for each page.
      `select a.id, ${AUDIT_COLUMNS.map((column) => `a.${column}`).join(', ')}, l.leaf,
         u.uuid as user_uuid, u.name as user_name
       from audit_logs a left join audit_leaves l on l.audit_id = a.id left join users u on u.id = a.user_id
       where ${sql} ${after ? 'and a.created_at >= ? and (a.created_at > ? or a.id > ?)' : ''}
       order by a.created_at, a.id limit ${PAGE}`,
      [...bindings, ...(after ? [after.created_at, after.created_at, after.id] : [])]
    )
    if (rows.length) yield rows
    if (rows.length < PAGE) return
    after = rows.at(-1)!
  }
}

function conditionsOf({ from, to, patient, user }: Asked, lastId: number): { sql: string; bindings: AuditValue[] } {
  const conditions: [string, AuditValue | undefined][] = [
    ['a.id <= ?', lastId],
    ['a.created_at >= ?', from && toSqlInstant(new Date(from))],
    ['a.created_at < ?', to && toSqlInstant(new Date(to))],
    ['a.patient_uuid = ?', patient],
    ['a.user_id = (select u.id from users u where u.uuid = ?)', user],
  ]
  const given = conditions.filter(([, value]) => value !== undefined)
  return { sql: given.map(([sql]) => sql).join(' and '), bindings: given.map(([, value]) => value!) }
}
