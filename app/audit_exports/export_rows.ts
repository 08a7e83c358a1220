import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { AUDIT_COLUMNS, type AuditValue } from '#app/audit/audit_entry'
import { toSqlInstant } from '#app/core/clock'
import { selectRows } from '#app/core/insert_rows'

const PAGE = 500

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

interface Bounds {
  asked: Asked
  /** The largest number of a row that is looked at. */
  last: number
  /** Of the tree, where only sealed rows count. */
  size?: number
}

/** By instant, each page a statement of its own, so that a million rows take no more memory than five hundred. */
export async function* pagesOfRows(client: QueryClientContract, bounds: Bounds): AsyncGenerator<ExportedRow[]> {
  const { sql, bindings } = conditionsOf(bounds)
  const leaves = bounds.size === undefined ? 'left join' : 'join'
  let after: { created_at: AuditValue; id: number } | undefined
  for (;;) {
    const rows: ExportedRow[] = await selectRows(
      client,
      `select a.id, ${AUDIT_COLUMNS.map((column) => `a.${column}`).join(', ')}, l.leaf,
         u.uuid as user_uuid, u.name as user_name
       from audit_logs a ${leaves} audit_leaves l on l.audit_id = a.id left join users u on u.id = a.user_id
       where ${sql} ${after ? 'and a.created_at >= ? and (a.created_at > ? or a.id > ?)' : ''}
       order by a.created_at, a.id limit ${PAGE}`,
      [...bindings, ...(after ? [after.created_at, after.created_at, after.id] : [])]
    )
    if (rows.length) yield rows
    if (rows.length < PAGE) return
    after = rows.at(-1)!
  }
}

/** Rows that fit, and that the tree does not hold. */
export async function countUnsealed(client: QueryClientContract, { asked, last, size = 0 }: Bounds): Promise<number> {
  const { sql, bindings } = conditionsOf({ asked, last })
  const [row] = await selectRows<{ count: number }>(
    client,
    `select count(*) as count from audit_logs a left join audit_leaves l on l.audit_id = a.id and l.leaf < ?
     where ${sql} and l.leaf is null`,
    [size, ...bindings]
  )
  return Number(row?.count ?? 0)
}

function conditionsOf({ asked, last, size }: Bounds): { sql: string; bindings: AuditValue[] } {
  const { from, to, patient, user } = asked
  const conditions: [string, AuditValue | undefined][] = [
    ['a.id <= ?', last],
    ['l.leaf < ?', size],
    ['a.created_at >= ?', from && toSqlInstant(new Date(from))],
    ['a.created_at < ?', to && toSqlInstant(new Date(to))],
    ['a.patient_uuid = ?', patient],
    ['a.user_id = (select u.id from users u where u.uuid = ?)', user],
  ]
  const given = conditions.filter(([, value]) => value !== undefined)
  return { sql: given.map(([sql]) => sql).join(' and '), bindings: given.map(([, value]) => value!) }
}
