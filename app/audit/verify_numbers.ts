import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { AUDIT_COLUMNS, sealsOf, type AuditRow } from '#app/audit/audit_entry'
import type { AuditKeys } from '#app/audit/audit_keys'
import type { Findings } from '#app/audit/findings'
import { OPEN_FOR_MS } from '#app/audit/seal'
import { fromSqlInstant } from '#app/core/clock'
import { selectRows } from '#app/core/insert_rows'

const PAGE = 2_000

interface Gap {
  from: number
  /** Numbers from `from` that are missing. */
  count: number
  /** When the row with the next number was written. */
  nextAt: number
}

/**
 * Each process numbers its rows from 1. A number that is missing is a row that was deleted, unless the process told that
 * it was lost, or ended before a transaction that was open would have been over ('unfinished at crash').
 */
export async function verifyNumbers(client: QueryClientContract, keys: AuditKeys, told: Findings) {
  const writers = await selectRows<{ writer: Buffer }>(
    client,
    // Whoever dropped the unique key may have put a second copy where one is missing.
    `select writer from audit_logs group by writer
     having count(*) <> max(wseq) or min(wseq) <> 1 or count(distinct wseq) <> count(*)`
  )
  for (const { writer } of writers) await verifyWriter(client, writer, keys, told)
}

async function verifyWriter(client: QueryClientContract, writer: Buffer, keys: AuditKeys, told: Findings) {
  const { gaps, lost, lastAt } = await readWriter(client, writer, keys, told)
  for (const { from, count, nextAt } of gaps) {
    const isOpen = lastAt - nextAt <= OPEN_FOR_MS
    for (let number = from; number < from + count; number++) {
      const where = { writer: writer.toString('hex'), number }
      if (lost.has(number)) told.note('number_lost', where)
      else if (isOpen) told.note('number_unfinished', where)
      else told.tell('number_missing', where)
    }
  }
}

async function readWriter(client: QueryClientContract, writer: Buffer, keys: AuditKeys, told: Findings) {
  const gaps: Gap[] = []
  const lost = new Set<number>()
  let [last, lastAt] = [0, 0]
  for await (const row of rowsOf(client, writer)) {
    const [wseq, at] = [Number(row.wseq), fromSqlInstant(row.created_at as string).getTime()]
    if (wseq === last) told.tell('number_twice', { id: Number(row.id), uid: row.uid as string, number: wseq })
    else if (wseq > last + 1) gaps.push({ from: last + 1, count: wseq - last - 1, nextAt: at })
    for (const number of lostNumbersIn(row, keys)) lost.add(number)
    last = wseq
    lastAt = Math.max(lastAt, at)
  }
  return { gaps, lost, lastAt }
}

async function* rowsOf(client: QueryClientContract, writer: Buffer): AsyncGenerator<AuditRow & { id: number }> {
  let [wseq, id] = [0, 0]
  for (;;) {
    const rows = await selectRows<AuditRow & { id: number }>(
      client,
      `select id, ${AUDIT_COLUMNS.join(', ')}, mac from audit_logs
       where writer = ? and (wseq > ? or (wseq = ? and id > ?)) order by wseq, id limit ${PAGE}`,
      [writer, wseq, wseq, id]
    )
    yield* rows
    if (rows.length < PAGE) return
    wseq = Number(rows.at(-1)!.wseq)
    id = Number(rows.at(-1)!.id)
  }
}

/** What the process itself told, as its code shows. */
function lostNumbersIn(row: AuditRow, { macKeys }: AuditKeys): number[] {
  const details = row.details as string | null
  if (!details?.includes('"lost_numbers"') || !sealsOf(macKeys, row).hasMac) return []
  const { lost_numbers: numbers } = JSON.parse(details) as { lost_numbers?: number[] }
  return numbers ?? []
}
