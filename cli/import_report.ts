import type { ImportReport, Outcome } from '#app/imports/report'
import { tableLines } from '#cli/table'
import { findText, text } from '#cli/texts'

// The order of a reader's interest. Not the list of app/imports/report, which the light modules here do not load.
const OUTCOMES: Outcome[] = ['created', 'updated', 'unchanged', 'merged', 'kept', 'lookup', 'rejected']

/** An import's report as three tables: rows by outcome, records by kind, checks. */
export function reportLines(report: ImportReport): string[] {
  const { run_id: id, seconds, peak_rss_mb: memory, remarks, rows_read: read } = report
  const rows = OUTCOMES.map((outcome) => [text(`outcomes.${outcome}`), report[outcome]])
  return [
    text('import.run', { id, seconds, memory }),
    '',
    ...tableLines([text('columns.rows'), text('columns.count')], [...rows, [text('outcomes.rows_read'), read]]),
    '',
    ...recordLines(report),
    '',
    ...tableLines(
      [text('columns.check'), '', text('columns.result')],
      report.checks.map(({ name, ok, detail }) => [checkName(name), text(ok ? 'doctor.ok' : 'doctor.failed'), detail])
    ),
    // A rehearsed run is taken back with all its notes.
    ...(!report.dry_run && (report.rejected || remarks) ? ['', text('import.see', { id })] : []),
  ]
}

/** Records by kind, with a column for each outcome that occurred. */
function recordLines({ by_entity: byEntity }: ImportReport): string[] {
  const entities = Object.entries(byEntity)
  const shown = OUTCOMES.filter((outcome) => entities.some(([, counts]) => counts[outcome]))
  return tableLines(
    [text('columns.records'), ...shown.map((outcome) => text(`outcomes.${outcome}`))],
    entities.map(([entity, counts]) => [entityName(entity), ...shown.map((outcome) => counts[outcome])])
  )
}

function checkName(name: string) {
  return findText('cli', `import_checks.${name}`) ?? name
}

function entityName(name: string) {
  return findText('cli', `entities.${name}`) ?? name
}
