import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Findings } from '#app/audit/findings'
import { selectRows } from '#app/core/insert_rows'

const PAGE = 1_000

/** Numbers that are given to rows, leaves and checkpoints. SQLite keeps others, and texts, in the same column. */
export const within = (column: string, first: number) =>
  `${column} >= ${first} and ${column} <= ${Number.MAX_SAFE_INTEGER}`

const beyond = (column: string, first: number) => `(${column} < ${first} or ${column} > ${Number.MAX_SAFE_INTEGER})`

/** What stands before the first number or behind the last, where no other pass looks: nothing of ours is there. */
export async function verifyRange(client: QueryClientContract, told: Findings) {
  const rowsOf = (columns: string, table: string, where: string) =>
    selectRows<Record<string, any>>(client, `select ${columns} from ${table} where ${where} limit ${PAGE}`)
  for (const { id, uid, created_at: at } of await rowsOf('id, uid, created_at', 'audit_logs', beyond('id', 1)))
    told.tell('row_forged', { id, uid, at })
  for (const { leaf, audit_id: id } of await rowsOf('leaf, audit_id', 'audit_leaves', beyond('leaf', 0)))
    told.tell('leaf_altered', { leaf, id })
  for (const { size, created_at: at } of await rowsOf('size, created_at', 'audit_checkpoints', beyond('size', 1)))
    told.tell('checkpoint_altered', { size, at })
}
