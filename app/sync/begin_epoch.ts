import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { fromSqlInstant, now, toSqlInstant } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { selectRows } from '#app/core/insert_rows'
import { KEPT_DAYS } from '#app/sync/protocol'

/** The epoch of a database that has none yet. */
export async function beginFirstEpoch(trx: QueryClientContract): Promise<void> {
  if (!(await trx.from('sync_state').first())) await trx.table('sync_state').insert({ epoch: newUuid() })
}

/**
 * A new epoch, for whoever put back a backup of this moment: until then no device may go on from where it was. A device
 * that was away during a former restore hears of the last one only, so that the earlier of both moments is told as long
 * as devices keep what was acknowledged since.
 */
export async function beginEpoch(trx: QueryClientContract, restoredTo: Date): Promise<void> {
  const [former] = await selectRows<{ restored_to: string | null }>(trx, 'select restored_to from sync_state')
  const told = earliest(restoredTo, former?.restored_to ? fromSqlInstant(former.restored_to) : null)
  await trx.from('sync_state').update({ epoch: newUuid(), restored_to: toSqlInstant(told) })
}

function earliest(restoredTo: Date, former: Date | null): Date {
  const isOver = !former || former.getTime() < now().getTime() - KEPT_DAYS.acknowledged * 86_400_000
  return isOver || restoredTo < former ? restoredTo : former
}
