import type { QueryClientContract } from '@adonisjs/lucid/types/database'

type Value = string | number | Buffer | null

// SQLite: "too many terms" from 1,000 rows a statement on, and 32,766 bindings at most.
const ROWS = 500
const BINDINGS = 30_000

/** One statement for many rows that have the same columns: the query builder takes three times as long over it. */
export async function insertRows(client: QueryClientContract, table: string, rows: Record<string, Value>[]) {
  if (!rows.length) return
  const columns = Object.keys(rows[0]!)
  const step = Math.min(ROWS, Math.floor(BINDINGS / columns.length))
  const head = `insert into ${table} (${columns.map((column) => quoted(client, column)).join(', ')}) values `
  const one = `(${columns.map(() => '?').join(', ')})`
  for (let from = 0; from < rows.length; from += step) {
    const part = rows.slice(from, from + step)
    const bindings = part.flatMap((row) => columns.map((column) => row[column] ?? null))
    await client.rawQuery(head + part.map(() => one).join(', '), bindings as never[])
  }
}

function quoted(client: QueryClientContract, column: string) {
  return client.dialect.name === 'mysql' ? `\`${column}\`` : `"${column}"`
}

/** The rows of a raw select, which the two drivers wrap differently. */
export async function selectRows<T>(client: QueryClientContract, sql: string, bindings: unknown[] = []): Promise<T[]> {
  const answer = await client.rawQuery(sql, bindings as never[])
  return client.dialect.name === 'mysql' ? answer[0] : answer
}

/** True for a violated unique or primary key, of the named index or table where `about` is given. */
export function isDuplicate(error: unknown, about?: string): boolean {
  const { code, message } = (error ?? {}) as { code?: string; message?: string }
  const duplicate = ['ER_DUP_ENTRY', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'].includes(code ?? '')
  return duplicate && (!about || (message ?? '').includes(about))
}
