import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { COUNTED } from '#app/core/browse'
import { selectRows } from '#app/core/insert_rows'

/** Rows to be counted: `from` is SQL behind `from`, with its bindings. */
export interface Counted {
  from: string
  bindings: (string | number)[]
}

/** How many rows each has, in one statement; `COUNTED + 1` says that there are more than anybody counts. */
export async function countEach(client: QueryClientContract, counted: Counted[]): Promise<number[]> {
  const parts = counted.map(
    ({ from }, nth) =>
      `select ${nth} as nth, count(*) as n from (select 1 as one from ${from} limit ${COUNTED + 1}) c${nth}`
  )
  const bindings = counted.flatMap((one) => one.bindings)
  const rows = await selectRows<{ nth: number; n: number }>(client, parts.join(' union all '), bindings)
  const byNth = new Map(rows.map(({ nth, n }) => [Number(nth), Number(n)]))
  return counted.map((_, nth) => byNth.get(nth) ?? 0)
}

/**
 * Entries of the audit with this action since then. MariaDB would rather read all entries of that time than those of the
 * action.
 */
export function entriesOf(client: QueryClientContract, action: string, from: string, to: string): Counted {
  const hint = client.dialect.name === 'mysql' ? ' force index (audit_logs_action_created_at_index)' : ''
  return {
    from: `audit_logs${hint} where action = ? and created_at >= ? and created_at < ?`,
    bindings: [action, from, to],
  }
}
