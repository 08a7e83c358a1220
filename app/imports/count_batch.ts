import { type DecidedRow, outcomeOf } from '#app/imports/decide_rows'
import { isRemark, type Note } from '#app/imports/notes'
import { noCounts, type ImportReport } from '#app/imports/report'

/** The report with one batch more. The former one stays as it is: the batch may yet be rolled back. */
export function countBatch(report: ImportReport, decided: DecidedRow[], notes: Note[]): ImportReport {
  const after = structuredClone(report)
  after.rows_read += decided.length
  after.remarks += notes.filter(isRemark).length
  for (const row of decided) {
    after[outcomeOf(row)]++
    for (const { record, outcome } of row.decisions) (after.by_entity[record.entity] ??= noCounts())[outcome]++
  }
  return after
}
