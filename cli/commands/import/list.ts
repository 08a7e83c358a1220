import type { ImportReport } from '#app/imports/report'
import { BaseCommand } from '#cli/base_command'
import { limitFlag } from '#cli/flags'
import { tableLines } from '#cli/table'
import { text } from '#cli/texts'

export default class ImportList extends BaseCommand {
  static description = text('commands.import:list.description')
  static examples = ['medinfo import list --limit 10']
  static flags = { limit: limitFlag() }

  async run() {
    const { flags } = await this.parse(ImportList)
    await this.withApp(async (caller) => {
      const { listImportRuns } = await import('#app/imports/import_runs')
      const runs = await listImportRuns(caller, { limit: flags.limit })
      const data = runs.map((run) => ({
        id: run.uuid,
        mapping: run.mapping,
        source: run.source,
        state: run.state,
        dry_run: Boolean(run.dryRun),
        started_at: run.startedAt.toISOString(),
        finished_at: run.finishedAt?.toISOString() ?? null,
        report: run.report ? (JSON.parse(run.report) as ImportReport) : null,
      }))
      this.answer(flags.json, { data, meta: {} }, () => {
        const headings = ['id', 'started', 'mapping', 'source', 'state', 'rows', 'rejected']
        const cells = data.map(({ id, started_at: started, mapping, source, state, report }) => [
          ...[id, started, mapping, source, text(`import.${state}`)],
          ...[report?.rows_read, report?.rejected],
        ])
        return tableLines(
          headings.map((column) => text(`columns.${column}`)),
          cells
        )
      })
    })
  }
}
