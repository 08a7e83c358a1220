import vine from '@vinejs/vine'
import { now, toSqlInstant } from '#app/core/clock'
import { insertRows } from '#app/core/insert_rows'
import { useCase } from '#app/core/use_case'
import { countBatch } from '#app/imports/count_batch'
import { type DecidedRow, decideRows } from '#app/imports/decide_rows'
import type { BatchScope, ImportRecord } from '#app/imports/entity_importer'
import ImportPolicy from '#app/imports/import_policy'
import type ImportRun from '#app/imports/import_run'
import { loadLinks } from '#app/imports/links'
import { type ColumnOf, noteRow, notesOf, type Note } from '#app/imports/notes'
import type { PreparedRow } from '#app/imports/prepare_rows'
import type { ImportReport } from '#app/imports/report'
import { writeRecords } from '#app/imports/write_records'
import { defaultCountry } from '#app/patients/default_country'

export interface WrittenBatch {
  notes: Note[]
  /** The run's report, this batch included. */
  report: ImportReport
}

interface Input {
  run: ImportRun
  rows: PreparedRow[]
  report: ImportReport
  columnOf: ColumnOf
}

/**
 * Writes one batch of prepared rows: one transaction, one audit entry with a digest of what was written. Rows that
 * cannot be taken come back with their refusal; the others are there, with their links, when the transaction is. So is
 * the report so far: a process that dies leaves behind what it had done.
 */
export const writeBatch = useCase({
  name: 'imports.write',
  input: vine.create({ run: vine.any(), rows: vine.any(), report: vine.any(), columnOf: vine.any() }),
  find: ({ run }) => run as ImportRun,
  policy: [ImportPolicy, 'run'],
  async run({ subject: run, caller, trx, note }, input): Promise<WrittenBatch> {
    const { rows, report, columnOf } = input as Input
    const remarks = new Map<ImportRecord, string>()
    const at = toSqlInstant(now())
    const country = await defaultCountry(trx)
    const scope: BatchScope = { caller, trx, country, at, remark: (record, code) => remarks.set(record, code) }
    const decided = await decideRows(rows, await loadLinks(tokensIn(rows), trx), run.id, scope)
    const digest = await writeRecords(decided, run.id, scope)
    const notes = notesOf(decided, remarks, columnOf)
    await insertRows(
      trx,
      'import_notes',
      notes.map((one) => noteRow(one, run.id))
    )
    const after = countBatch(report, decided, notes)
    await trx
      .from('import_runs')
      .where('id', run.id)
      .update({ report: JSON.stringify(after), updated_at: at })
    note({ digest, rows: rows.length, records: countRecords(decided) })
    return { notes, report: after }
  },
})

function tokensIn(rows: PreparedRow[]): Buffer[] {
  const records = rows.flatMap((row) => (row.kind === 'records' ? row.records : []))
  return records.flatMap(({ token, references }) => [token, ...Object.values(references).map((one) => one.token)])
}

function countRecords(decided: DecidedRow[]): number {
  return decided.reduce((sum, { decisions }) => sum + decisions.length, 0)
}
