import { basename } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import type { Caller } from '#app/core/caller'
import { now, toSqlInstant } from '#app/core/clock'
import { Problem } from '#app/core/problem'
import { inTransaction } from '#app/core/transaction'
import { checkImport } from '#app/imports/check_import'
import { columnOfField } from '#app/mappings/column_of_field'
import type ImportRun from '#app/imports/import_run'
import { finishRun, startRun } from '#app/imports/import_runs'
import { loadMapping } from '#app/mappings/load_mapping'
import { locateSources } from '#app/mappings/locate_sources'
import type { Mapping } from '#app/mappings/mapping'
import { prepareRows, type PreparedRow } from '#app/imports/prepare_rows'
import { type MappedBatch, readMapped } from '#app/mappings/read_mapped'
import { RejectsFile } from '#app/imports/rejects_file'
import { noCounts, type ImportReport } from '#app/imports/report'
import { sourceTokens, type SourceTokens } from '#app/imports/source_tokens'
import { type Note, writeBatch, type WrittenBatch } from '#app/imports/write_batch'
import { defaultCountry } from '#app/patients/default_country'

export interface Progress {
  file: string
  rowsRead: number
  bytesRead: number
  bytesTotal: number
}

export interface ImportOptions {
  /** The name of a shipped mapping, or a file. */
  mapping: string
  /** A CSV file, or a folder of them. */
  path: string
  /** Which file of the mapping a single file is, where its name does not say. */
  as?: string
  dryRun?: boolean
  /** Where rows go that cannot be taken. */
  rejects?: string
  onProgress?: (progress: Progress) => void
  /** The sentence for a refusal, in the operator's language. */
  sentence?: (note: Note) => string
}

interface Started {
  caller: Caller
  mapping: Mapping
  run: ImportRun
  tokens: SourceTokens
  country: string
  report: ImportReport
  rejects?: RejectsFile
}

/** The import ended before its end: `report` says what was committed until then. Running it again completes it. */
export class ImportInterrupted extends Error {
  constructor(
    readonly report: ImportReport,
    cause: unknown
  ) {
    super('the import ended before its end', { cause })
  }
}

/**
 * Imports files as a mapping says, batch by batch. Every row read counts once in the report; a second run of the same
 * files creates nothing. A dry run does all of it in one transaction that is rolled back.
 * Errors: BadMapping, BadSource, Forbidden, ImportInterrupted.
 */
export async function runImport(caller: Caller, options: ImportOptions): Promise<ImportReport> {
  const mapping = await loadMapping(options.mapping)
  const sources = await locateSources(mapping, options.path, { as: options.as })
  const several = sources.filter(({ lookupOnly }) => !lookupOnly).length > 1
  const rejects = options.rejects
    ? new RejectsFile(options.rejects, several, options.sentence ?? (({ code }) => code))
    : undefined
  const bytesTotal = sources.reduce((sum, { bytes }) => sum + bytes, 0)
  const work = (inner: Caller) => importAll(inner, mapping, options, rejects, bytesTotal)
  try {
    return options.dryRun ? await rehearse(caller, work) : await work(caller)
  } finally {
    await rejects?.close()
  }
}

class Rehearsed extends Error {
  constructor(readonly report: ImportReport) {
    super('rolled back on purpose')
  }
}

async function rehearse(caller: Caller, work: (caller: Caller) => Promise<ImportReport>): Promise<ImportReport> {
  try {
    await inTransaction(caller, async (owned) => {
      throw new Rehearsed(await work({ ...caller, trx: owned }))
    })
  } catch (error) {
    if (error instanceof Rehearsed) return error.report
    throw error
  }
  throw new Error('unreachable: a rehearsal always rolls back')
}

async function importAll(
  caller: Caller,
  mapping: Mapping,
  options: ImportOptions,
  rejects: RejectsFile | undefined,
  bytesTotal: number
): Promise<ImportReport> {
  const began = performance.now()
  const run = await startRun(caller, {
    mapping: basename(options.mapping),
    source: mapping.source,
    dry_run: Boolean(options.dryRun),
  })
  const client = caller.trx?.client ?? db.connection()
  const report = emptyReport(run, Boolean(options.dryRun))
  const country = mapping.country ?? (await defaultCountry(client))
  const started: Started = { caller, mapping, run, report, country, rejects, tokens: await sourceTokens(client) }
  try {
    const progress = { file: '', before: 0, within: 0 }
    for await (const batch of readMapped(mapping, options.path, { as: options.as })) {
      await importBatch(started, batch)
      if (batch.file !== progress.file)
        Object.assign(progress, { file: batch.file, before: progress.before + progress.within })
      progress.within = batch.bytesRead
      options.onProgress?.({
        file: batch.file,
        rowsRead: report.rows_read,
        bytesRead: progress.before + batch.bytesRead,
        bytesTotal,
      })
    }
    report.checks = await checkImport(report, run.id, caller.trx?.client ?? db.connection())
  } catch (error) {
    measure(report, began)
    await finishRun(caller, { id: run.uuid, state: 'failed', report }).catch(() => {})
    if (error instanceof Problem && error.status < 500) throw error
    throw new ImportInterrupted(report, error)
  }
  measure(report, began)
  const state = report.checks.every(({ ok }) => ok) ? 'done' : 'failed'
  await finishRun(caller, { id: run.uuid, state, report })
  return report
}

async function importBatch({ caller, mapping, run, tokens, country, report, rejects }: Started, batch: MappedBatch) {
  const prepared = await prepareRows(batch.rows, { country, at: toSqlInstant(now()) }, tokens)
  const columnOf = (row: PreparedRow, field: string) => columnOfField(mapping, row.file, field)
  const written = await writeBatch(caller, { run, rows: prepared, columnOf })
  addTo(report, written)
  await rejects?.add(batch.file, batch.header, written.notes)
}

function addTo(report: ImportReport, { rows, notes }: WrittenBatch) {
  report.rows_read += rows.length
  for (const { outcome, decisions } of rows) {
    report[outcome]++
    for (const { record, outcome: each } of decisions) {
      const counts = (report.by_entity[record.entity] ??= noCounts())
      counts[each]++
    }
  }
  report.remarks += notes.filter(({ outcome, code }) => outcome !== 'rejected' && code !== outcome).length
}

function emptyReport(run: ImportRun, dryRun: boolean): ImportReport {
  return {
    run_id: run.uuid,
    dry_run: dryRun,
    rows_read: 0,
    ...noCounts(),
    by_entity: {},
    checks: [],
    remarks: 0,
    seconds: 0,
    peak_rss_mb: 0,
  }
}

/** `maxRSS` is the process' highest, in kilobytes (getrusage). */
function measure(report: ImportReport, began: number) {
  report.seconds = Math.round(performance.now() - began) / 1000
  report.peak_rss_mb = Math.round(process.resourceUsage().maxRSS / 1024)
}
