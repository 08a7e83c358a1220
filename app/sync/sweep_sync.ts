import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { toSqlInstant } from '#app/core/clock'
import { selectRows } from '#app/core/insert_rows'
import { inOwnTransaction } from '#app/core/transaction'
import { KEPT_DAYS } from '#app/sync/protocol'
import { numberChanges } from '#app/sync/sequencer'

/** Rows that one transaction deletes, and how many of those one sweep begins: the rest is for the next. */
const AT_ONCE = 2_000
const MOST_ROUNDS = 100

/** Forgets changes that every device must have pulled, and the names of mutations that nobody sends again. */
export async function sweepSync(at: Date, client: QueryClientContract): Promise<void> {
  await sweepChanges(daysBefore(at, KEPT_DAYS.changes))
  await sweepMutations(daysBefore(at, KEPT_DAYS.mutations), client)
}

function daysBefore(at: Date, days: number): string {
  return toSqlInstant(new Date(at.getTime() - days * 86_400_000))
}

/** Numbered first: where no device pulls, nobody else would, and what has no number is never forgotten. */
async function sweepChanges(before: string) {
  await numberChanges()
  for (let round = 0; round < MOST_ROUNDS; round++) if ((await forgetSome(before)) < AT_ONCE) return
}

/** The last number that is forgotten is kept in the same transaction: a cursor before it has missed something. */
function forgetSome(before: string): Promise<number> {
  return inOwnTransaction(async ({ client }) => {
    const lock = client.dialect.name === 'mysql' ? ' for update' : ''
    const [head] = await selectRows<{ forgotten_seq: number }>(
      client,
      `select forgotten_seq from sync_heads where id = 1${lock}`
    )
    const rows = await selectRows<{ id: number; seq: number }>(
      client,
      'select id, seq from sync_changes where at < ? and seq is not null order by at limit ?',
      [before, AT_ONCE]
    )
    if (!rows.length) return 0
    const ids = rows.map(({ id }) => id)
    await client.rawQuery(`delete from sync_changes where id in (${ids.map(() => '?').join(', ')})`, ids as never[])
    const forgotten = Math.max(Number(head!.forgotten_seq), ...rows.map(({ seq }) => Number(seq)))
    await client.rawQuery('update sync_heads set forgotten_seq = ? where id = 1', [forgotten] as never[])
    return rows.length
  })
}

async function sweepMutations(before: string, client: QueryClientContract) {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const [next] = await selectRows<{ at: string }>(
      client,
      'select at from sync_mutations where at < ? order by at limit 1 offset ?',
      [before, AT_ONCE]
    )
    const gone = await client
      .from('sync_mutations')
      .where('at', '<', before)
      .if(next, (query) => void query.where('at', '<=', next!.at))
      .delete()
    if (!next || !Number(gone)) return
  }
}
