import type { EntityName } from '#app/mappings/mapping'

/** What became of a row. Every row counts once. */
export const OUTCOMES = ['created', 'updated', 'unchanged', 'merged', 'kept', 'lookup', 'rejected'] as const
export type Outcome = (typeof OUTCOMES)[number]
export type Counts = Record<Outcome, number>

export interface Check {
  name: string
  ok: boolean
  detail: string
}

/** What `medinfo import --json` prints. */
export interface ImportReport extends Counts {
  run_id: string
  dry_run: boolean
  /** By their names in the mapping. */
  files: string[]
  rows_read: number
  /** Counts of records: a row may make several, so that these need not add up. */
  by_entity: Partial<Record<EntityName, Counts>>
  checks: Check[]
  /** Rows that were taken with a remark, such as a patient whose account was not found. */
  remarks: number
  seconds: number
  peak_rss_mb: number
}

export function emptyReport(runId: string, dryRun: boolean, files: string[]): ImportReport {
  return {
    ...{ run_id: runId, dry_run: dryRun, files, rows_read: 0 },
    ...noCounts(),
    ...{ by_entity: {}, checks: [], remarks: 0, seconds: 0, peak_rss_mb: 0 },
  }
}

export function noCounts(): Counts {
  return { created: 0, updated: 0, unchanged: 0, merged: 0, kept: 0, lookup: 0, rejected: 0 }
}

export function addUp(counts: Counts): number {
  return OUTCOMES.reduce((sum, outcome) => sum + counts[outcome], 0)
}

/** As lists, which the back office shows one by one. */
export function shownReport(report: ImportReport | null) {
  if (!report) return { counts: [], records: [], checks: [] }
  return {
    counts: OUTCOMES.map((outcome) => ({ outcome, count: report[outcome] })),
    records: Object.entries(report.by_entity).map(([entity, counts]) => ({ entity, ...counts })),
    checks: report.checks,
  }
}
