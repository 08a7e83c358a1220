import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { now, toSqlInstant } from '#app/core/clock'
import { selectRows } from '#app/core/insert_rows'

const WEEK_MS = 7 * 86_400_000
/** One that waits after so many attempts is not held up by chance. */
const MANY_ATTEMPTS = 3

export interface QueueState {
  waiting: number
  /** Those that wait and were tried several times. */
  stuck: number
  /** In the last week. */
  failed: number
  /** Why one did not leave; empty where all did. */
  error: string
}

/** Whether mails leave, and whether those of the last week did. */
export async function mailQueueState(client: QueryClientContract): Promise<QueueState> {
  const rows = await selectRows<{ state: string; attempts: number; error: string | null }>(
    client,
    `select state, attempts, error from mails
     where state in ('waiting', 'sending') or (state = 'failed' and due_at > ?) order by updated_at desc`,
    [toSqlInstant(new Date(now().getTime() - WEEK_MS))]
  )
  const failed = rows.filter(({ state }) => state === 'failed').length
  const stuck = rows.filter(({ state, attempts }) => state === 'waiting' && attempts >= MANY_ATTEMPTS).length
  const error = rows.find((row) => row.error)?.error ?? ''
  return { waiting: rows.length - failed, stuck, failed, error }
}
