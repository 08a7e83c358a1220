import vine from '@vinejs/vine'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { browse, whereBegins } from '#app/core/browse'
import { toSqlInstant } from '#app/core/clock'
import type { TextLanguage } from '#app/core/find_text'
import { readCase } from '#app/core/read_case'
import { moment, rowUuid } from '#app/core/rules'
import ImportPolicy from '#app/imports/import_policy'
import ImportRun from '#app/imports/import_run'
import { notesOfRun } from '#app/imports/import_runs'
import { keptRejects } from '#app/imports/kept_rejects'
import { shownReport, type ImportReport } from '#app/imports/report'
import { rowSentence } from '#app/imports/row_sentence'

const STATES = ['running', 'done', 'failed'] as const

interface Filters {
  started_at_from?: string
  started_at_to?: string
  state?: string
  mapping?: string
}

/** Imports as the back office lists them, by whichever door they came. */
export const browseImportRuns = browse({
  name: 'imports.browse',
  policy: [ImportPolicy, 'run'],
  filters: {
    started_at_from: moment().optional(),
    started_at_to: moment().optional(),
    state: vine.enum(STATES).optional(),
    mapping: vine.string().trim().maxLength(128).optional(),
  },
  sorts: { started_at: 'import_runs.started_at' },
  direction: 'desc',
  tie: 'import_runs.uuid',
  query({ client }, filters) {
    const { started_at_from: from, started_at_to: to, state, mapping } = filters as Filters
    const query = named(client)
    if (from) void query.where('import_runs.started_at', '>=', toSqlInstant(new Date(from)))
    if (to) void query.where('import_runs.started_at', '<', toSqlInstant(new Date(to)))
    if (state) void query.where('import_runs.state', state)
    if (mapping) whereBegins(query, 'import_runs.mapping', mapping)
    return query
  },
  show: rowOf,
})

/** One of them, with its report and the first thousand remarks in the reader's language. */
export const openImportRun = readCase({
  name: 'imports.open',
  input: vine.create({ id: rowUuid() }),
  find: ({ id }, { client }) => named(client).where('import_runs.uuid', id).firstOrFail(),
  policy: [ImportPolicy, 'run'],
  async run({ caller, client, subject: run }) {
    const language = await languageOf(caller.user.id, client)
    const notes = await notesOfRun(run, client)
    return {
      ...rowOf(run),
      ...shownReport(reportOf(run)),
      rejects: await keptRejects(run.uuid),
      notes: notes.map(({ file, line, outcome, column, code, params }) => {
        const reason = code === outcome ? '' : rowSentence(code, params, language)
        return { file, line, outcome, column: column ?? '', reason }
      }),
      auditIdentity: () => run.auditIdentity(),
    }
  },
})

function named(client: QueryClientContract) {
  return ImportRun.query({ client })
    .leftJoin('users', 'users.id', 'import_runs.user_id')
    .select('import_runs.*', 'users.name as person')
}

function rowOf(run: ImportRun) {
  const report = reportOf(run)
  return {
    id: run.uuid,
    started_at: run.startedAt.toISOString(),
    finished_at: run.finishedAt?.toISOString() ?? null,
    state: run.state,
    mapping: run.mapping,
    source: run.source,
    files: report?.files ?? [],
    person: (run.$extras.person as string | null) ?? null,
    rows_read: report?.rows_read ?? 0,
    rejected: report?.rejected ?? 0,
    remarks: report?.remarks ?? 0,
    seconds: report?.seconds ?? null,
  }
}

/** Runs of former releases do not say which files they read. */
function reportOf({ report }: ImportRun) {
  return report ? (JSON.parse(report) as Omit<ImportReport, 'files'> & { files?: string[] } as ImportReport) : null
}

async function languageOf(id: number | null, client: QueryClientContract): Promise<TextLanguage> {
  const user = id === null ? null : await client.from('users').where('id', id).select('language').first()
  return (user as { language?: TextLanguage } | null)?.language ?? 'fr'
}
