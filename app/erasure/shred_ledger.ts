import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { selectRows } from '#app/core/insert_rows'
import { eraseCharts } from '#app/erasure/erase_charts'
import { forgetDataKeys } from '#app/keys/data_keys'

/** Somebody of the ledger of whom something is there: the record itself, or a key. */
const BROUGHT_BACK = `select p.id, p.uuid from shred_ledger l join patients p on p.uuid = l.patient_uuid
  where p.erased_at is null or exists (select 1 from data_keys k
    where k.subject_type = 'patient' and k.subject_uuid = p.uuid and k.state <> 'shredded')
  order by p.id`

/**
 * Erases again whom a restored backup has brought back, before anybody is served from it. The ledger itself has to be of
 * today: whoever restores puts back first what it held.
 * @returns how many records were erased
 */
export async function reapplyShredLedger(client: QueryClientContract): Promise<number> {
  const rows = await selectRows<{ id: number; uuid: string }>(client, BROUGHT_BACK)
  for (const { id, uuid } of rows) {
    const erased = await inOne(client, (trx) => eraseCharts([{ id: Number(id), uuid }], trx))
    forgetDataKeys(erased.flatMap(({ keys }) => keys))
  }
  return rows.length
}

function inOne<T>(client: QueryClientContract, work: (trx: TransactionClientContract) => Promise<T>): Promise<T> {
  return client.transaction(async (trx) => work(trx))
}
