import { Problem, Unavailable } from '#app/core/problem'
import type { ImportReport } from '#app/imports/report'

/** The import ended before its end: `report` says what was committed until then. Running it again completes it. */
export class ImportInterrupted extends Unavailable {
  constructor(
    readonly report: ImportReport,
    cause: unknown
  ) {
    const reason = cause instanceof Problem ? cause.code : 'unexpected'
    super('import_interrupted', { extra: { reason, rows_read: report.rows_read, report }, cause })
  }
}

/** What ends an import: a refusal as it is while nothing was read, later the interruption with its report. */
export function endedEarly(error: unknown, report: ImportReport): unknown {
  const isRefusal = error instanceof Problem && error.status < 500
  return isRefusal && report.rows_read === 0 ? error : new ImportInterrupted(report, error)
}
