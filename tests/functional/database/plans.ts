import db from '@adonisjs/lucid/services/db'
import { selectRows } from '#app/core/insert_rows'
import { queriesOf } from '#tests/functional/queries'

export interface Plan {
  table: string
  /** The index that is read, or null for the whole table. */
  key: string | null
  how: string
}

/** The plans of the selects that `work` causes and that read from one of these tables. */
export async function plansOf(tables: string[], work: () => Promise<unknown>): Promise<Plan[][]> {
  const fromOne = new RegExp(`from [\`"]?(${tables.join('|')})\\b`, 'i')
  const reads = (await queriesOf(work)).filter(({ sql }) => /^select/i.test(sql) && fromOne.test(sql))
  return Promise.all(reads.map(({ sql, bindings }) => explain(sql, bindings)))
}

/** One line for each table that is read, and on SQLite one for each sort, which belongs to none. */
export async function explain(sql: string, bindings: unknown[]): Promise<Plan[]> {
  const client = db.connection()
  if (client.dialect.name === 'mysql') {
    const rows = await selectRows<Record<string, any>>(client, `explain ${sql}`, bindings)
    return rows.map(({ table, key, type, Extra: extra }) => ({ table, key, how: `${type} ${extra}` }))
  }
  const rows = await selectRows<{ detail: string }>(client, `explain query plan ${sql}`, bindings)
  return rows
    .filter(({ detail }) => /^(SCAN|SEARCH|USE TEMP B-TREE)/.test(detail))
    .map(({ detail }) => {
      const [, table = ''] = /^(?:SCAN|SEARCH) (\S+)/.exec(detail) ?? []
      const [, index = ''] = /USING (?:COVERING )?(?:INDEX (\S+)|INTEGER PRIMARY KEY)/.exec(detail) ?? []
      return { table, key: /USING/.test(detail) ? index || 'PRIMARY' : null, how: detail }
    })
}

/** Whether a plan puts rows in order: every row that the list has, for a page of it. */
export const isSort = ({ how }: Plan) => /Using filesort|USE TEMP B-TREE FOR ORDER BY/.test(how)

/** Tells MariaDB's planner how many rows there are, as the server finds out by itself. On SQLite nobody ever tells it. */
export async function analyzeTables(tables: string[]) {
  if (db.connection().dialect.name !== 'mysql') return
  for (const table of tables) await db.rawQuery(`analyze table ${table}`)
}
