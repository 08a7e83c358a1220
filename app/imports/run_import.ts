import { basename } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import type { Caller } from '#app/core/caller'
import { isDuplicate } from '#app/core/insert_rows'
import { rehearse } from '#app/core/rehearse'
import { checkImport } from '#app/imports/check_import'
import { endedEarly, ImportInterrupted } from '#app/imports/import_problems'
import type ImportRun from '#app/imports/import_run'
import { finishRun, startRun } from '#app/imports/import_runs'
import type { ColumnOf, Note } from '#app/imports/notes'
import { Pace } from '#app/imports/pace'
import { portionsOf } from '#app/imports/portions'
import type { PreparedRow } from '#app/imports/prepare_rows'
import { RejectsFile } from '#app/imports/rejects_file'
import { emptyReport, type ImportReport } from '#app/imports/report'
import { sourceTokens, type SourceTokens } from '#app/imports/source_tokens'
import { writeBatch, type WrittenBatch } from '#app/imports/write_batch'
import { columnOfField } from '#app/mappings/column_of_field'
import { loadMapping } from '#app/mappings/load_mapping'
import { locateSources, type SourceFile } from '#app/mappings/locate_sources'
import type { Mapping } from '#app/mappings/mapping'
import type { MappedBatch } from '#app/mappings/read_mapped'
import { defaultCountry } from '#app/patients/default_country'

export { ImportInterrupted }

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
  /** Those of a folder's files that are there, and no complaint of others. */
  partial?: boolean
  dryRun?: boolean
  /** Where rows go that cannot be taken: a file, or a folder when several files are read. */
  rejects?: string
  /** After each batch; what it throws interrupts the import. */
  onProgress?: (progress: Progress) => void | Promise<void>
  /** The sentence for a refusal, in the operator's language. */
  sentence?: (note: Note) => string
}

interface Plan {
  mapping: Mapping
  sources: SourceFile[]
  options: ImportOptions
}

interface Started extends Plan {
  caller: Caller
  run: ImportRun
  tokens: SourceTokens
  country: string
  columnOf: ColumnOf
  pace: Pace
  report: ImportReport
  rejects: RejectsFile | null
}

/**
 * Imports files as a mapping says, batch by batch. Every row read counts once in the report; a second run of the same
 * files creates nothing. A dry run does all of it in one transaction that is rolled back.
 * Errors: BadMapping, BadSource, Forbidden before anything is written; ImportInterrupted from then on.
 */
export async function runImport(caller: Caller, options: ImportOptions): Promise<ImportReport> {
  const mapping = await loadMapping(options.mapping)
  const sources = await locateSources(mapping, options.path, { as: options.as, partial: options.partial })
  const plan = { mapping, sources, options }
  return options.dryRun ? rehearse(caller, (inner) => importAll(inner, plan)) : importAll(caller, plan)
}

async function importAll(caller: Caller, plan: Plan): Promise<ImportReport> {
  const began = performance.now()
  const started = await start(caller, plan)
  try {
    if (plan.options.rejects) started.rejects = await openRejects(plan)
    await importBatches(started)
    started.report.checks = await checkImport(started.report, started.run.id, clientOf(caller))
  } catch (error) {
    measure(started.report, began)
    // A database that is gone cannot be told; what was committed stands in the run's last report.
    await finish(started, 'failed').catch(() => {})
    throw endedEarly(error, started.report)
  } finally {
    await started.rejects?.close()
  }
  measure(started.report, began)
  await finish(started, started.report.checks.every(({ ok }) => ok) ? 'done' : 'failed')
  return started.report
}

async function start(caller: Caller, plan: Plan): Promise<Started> {
  const { mapping, options } = plan
  const dryRun = Boolean(options.dryRun)
  const run = await startRun(caller, { mapping: basename(options.mapping), source: mapping.source, dry_run: dryRun })
  const client = clientOf(caller)
  return {
    ...{ ...plan, caller, run },
    tokens: await sourceTokens(client),
    country: mapping.country ?? (await defaultCountry(client)),
    columnOf: (file, entity, field) => columnOfField(mapping, file, entity, field),
    pace: new Pace(client.dialect.name),
    report: emptyReport(run.uuid, dryRun, filesOf(plan.sources)),
    rejects: null,
  }
}

/** What was only looked up makes no rows. */
function filesOf(sources: SourceFile[]): string[] {
  return sources.filter(({ lookupOnly }) => !lookupOnly).map(({ entry }) => entry.file)
}

function openRejects({ sources, options }: Plan): Promise<RejectsFile> {
  return RejectsFile.open(options.rejects!, sources, options.sentence ?? (({ code }) => code))
}

async function importBatches(started: Started) {
  const { sources, options } = started
  const bytesTotal = sources.reduce((sum, { bytes }) => sum + bytes, 0)
  const before = { bytes: 0, within: 0, file: '' }
  for await (const { batch, rows, isLast } of portionsOf(started, clientOf(started.caller).dialect.name)) {
    await writePortion(started, batch, rows)
    if (!isLast) continue
    const { file, bytesRead } = batch
    if (file !== before.file) Object.assign(before, { file, bytes: before.bytes + before.within })
    before.within = bytesRead
    const rowsRead = started.report.rows_read
    await options.onProgress?.({ file, rowsRead, bytesRead: before.bytes + bytesRead, bytesTotal })
  }
}

async function writePortion(started: Started, { file, header }: MappedBatch, rows: PreparedRow[]) {
  const { pace, rejects } = started
  const began = performance.now()
  const { report, notes } = await writeAgain(() => {
    const { caller, run, columnOf } = started
    return writeBatch(caller, { run, rows, report: started.report, columnOf })
  })
  pace.took(rows.length, performance.now() - began)
  started.report = report
  await rejects?.add(file, header, notes)
}

/** Somebody may register a patient between our look and our write; decided anew, the row finds them. */
async function writeAgain(write: () => Promise<WrittenBatch>): Promise<WrittenBatch> {
  try {
    return await write()
  } catch (error) {
    if (!isDuplicate(error)) throw error
    return write()
  }
}

function finish({ caller, run, report }: Started, state: 'done' | 'failed') {
  return finishRun(caller, { id: run.uuid, state, report })
}

function clientOf(caller: Caller) {
  return caller.trx?.client ?? db.connection()
}

/** `maxRSS` is the process' highest, in kilobytes (getrusage). */
function measure(report: ImportReport, began: number) {
  report.seconds = Math.round(performance.now() - began) / 1000
  report.peak_rss_mb = Math.round(process.resourceUsage().maxRSS / 1024)
}
