import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { KeySubjectType } from '#app/core/clinical_row'
import { selectRows } from '#app/core/insert_rows'
import { inOwnTransaction } from '#app/core/transaction'
import { activeDataKeys, dataKeysById } from '#app/keys/data_keys'
import { isPadded } from '#app/keys/encrypted_columns'
import { dataKeyIdOf, FieldUnreadable, openField, sealField, type DataKey } from '#app/keys/field_crypto'
import { SEALED_TABLES, type SealedTable } from '#app/rotations/sealed_tables'

const ROWS = 200

/** A row of a sealed table: its sealed columns besides these. */
type Row = { id: number; uuid: string; subject: string } & Record<string, Buffer | null>
type Keys = Map<string, DataKey>

export interface Resealing {
  type: KeySubjectType
  uuids: string[]
  signal: AbortSignal
  /** In the transaction of each batch of rows. */
  guard(trx: TransactionClientContract): Promise<void>
}

/**
 * Seals everything of these subjects under their active keys that is under others. Nothing else of a row changes: for
 * whoever reads it, it is the same. A row that somebody wrote meanwhile is looked at again, until none is left.
 * @returns how many values cannot be read, and stay as they are
 */
export async function reseal(work: Resealing): Promise<number> {
  let unreadable = 0
  for (const sealed of SEALED_TABLES.filter(({ subjectType }) => subjectType === work.type))
    for (let pass = await passOver(sealed, work); ; pass = await passOver(sealed, work)) {
      if (work.signal.aborted) return unreadable
      if (pass.lost) continue
      unreadable += pass.unreadable
      break
    }
  return unreadable
}

interface Pass {
  /** Rows that somebody wrote between our reading and our writing. */
  lost: number
  unreadable: number
}

async function passOver(sealed: SealedTable, work: Resealing): Promise<Pass> {
  const client = db.connection()
  const active = await activeDataKeys(work.uuids, client, work.type)
  const pass = { lost: 0, unreadable: 0 }
  for (let after = 0; !work.signal.aborted;) {
    const rows = await rowsAfter(after, sealed, work, client)
    const stale = rows.filter((row) => active.has(row.subject) && isStale(row, sealed, active.get(row.subject)!))
    const opened = await openAll(stale, sealed, client)
    pass.unreadable += opened.unreadable
    if (opened.rows.length) pass.lost += await write(opened.rows, sealed, work)
    if (rows.length < ROWS) break
    after = Number(rows.at(-1)!.id)
  }
  return pass
}

function rowsAfter(
  after: number,
  { from, subject, columns }: SealedTable,
  { uuids }: Resealing,
  client: QueryClientContract
) {
  const names = columns.map((column) => `t.${column}`).join(', ')
  return selectRows<Row>(
    client,
    `select t.id, t.uuid, ${subject} as subject, ${names} from ${from}
     where ${subject} in (${uuids.map(() => '?').join(',')}) and t.id > ? order by t.id limit ${ROWS}`,
    [...uuids, after]
  )
}

/** Also where no key can be told: it is then counted among what cannot be read. */
function isStale(row: Row, { columns }: SealedTable, { id }: DataKey): boolean {
  return columns.some((column) => row[column] && !row[column].subarray(2, 10).equals(id))
}

interface Opened {
  row: Row
  texts: Map<string, string>
}

async function openAll(rows: Row[], sealed: SealedTable, client: QueryClientContract) {
  const ids = rows.flatMap((row) => sealed.columns.flatMap((column) => row[column]?.subarray(2, 10) ?? []))
  const distinct = new Map(ids.filter(({ length }) => length === 8).map((id) => [id.toString('latin1'), id]))
  const keys = await dataKeysById([...distinct.values()], client)
  const opened: Opened[] = []
  let unreadable = 0
  for (const row of rows) {
    const texts = new Map<string, string>()
    for (const column of sealed.columns) {
      const bytes = row[column]
      if (!bytes) continue
      const place = { table: sealed.table, column, uuid: row.uuid }
      try {
        const key = keys.keyFor(dataKeyIdOf(bytes, place), place)
        texts.set(column, openField({ key }, bytes, place, isPadded(sealed.table, column)))
      } catch (error) {
        if (!(error instanceof FieldUnreadable)) throw error
        unreadable++
        logger.error({ place }, 'a value cannot be read, and stays under its former key')
      }
    }
    if (texts.size) opened.push({ row, texts })
  }
  return { rows: opened, unreadable }
}

/** @returns how many rows were not as they had been read */
function write(opened: Opened[], sealed: SealedTable, { type, guard }: Resealing): Promise<number> {
  const subjects = [...new Set(opened.map(({ row }) => row.subject))]
  return inOwnTransaction(async ({ client }) => {
    await guard(client)
    // Held until the end, as by everybody who writes: no other rotation makes them former keys meanwhile.
    const keys = await activeDataKeys(subjects, client, type)
    let lost = 0
    for (const one of opened) lost += (await writeRow(one, sealed, keys, client)) ? 0 : 1
    return lost
  })
}

/** Compare-and-set: what a user wrote since is never overwritten by what was there before. */
async function writeRow({ row, texts }: Opened, { table }: SealedTable, keys: Keys, trx: TransactionClientContract) {
  const key = keys.get(row.subject)
  // Erased meanwhile: there is nothing left to seal.
  if (!key) return true
  const query = trx.from(table).where('id', row.id)
  const next: Record<string, Buffer> = {}
  for (const [column, text] of texts) {
    void query.where(column, row[column]!)
    next[column] = sealField(key, text, { table, column, uuid: row.uuid }, isPadded(table, column))
  }
  return Number(await query.update(next)) === 1
}
