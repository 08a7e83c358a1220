import type { ImportReport } from '#app/imports/report'
import { BaseCommand } from '#cli/base_command'
import { Flags } from '#cli/flags'
import { reportLines } from '#cli/import_report'
import { sentenceOf } from '#cli/sentence_of'
import { tableLines } from '#cli/table'
import { text } from '#cli/texts'

export default class ImportShow extends BaseCommand {
  static description = text('commands.import:show.description')
  static examples = ['medinfo import show --id 019ace2b-7c1e-7d3a-9f10-2b6f0a7c4d11']
  static flags = {
    id: Flags.string({ description: text('flags.run_id'), helpValue: 'uuid', required: true }),
  }

  async run() {
    const { flags } = await this.parse(ImportShow)
    await this.withApp(async (caller) => {
      const { showImportRun } = await import('#app/imports/import_runs')
      const { run, notes } = await showImportRun(caller, { id: flags.id })
      const report = run.report ? (JSON.parse(run.report) as ImportReport) : null
      const { uuid: id, mapping, source, state } = run
      const started = run.startedAt.toISOString()
      this.answer(flags.json, { data: { id, mapping, source, state, started_at: started, report, notes } }, () => {
        const headings = ['file', 'line', 'outcome', 'column', 'reason'].map((column) => text(`columns.${column}`))
        const cells = notes.map(({ file, line, outcome, code, params, column }) => [
          ...[file, line, text(`outcomes.${outcome}`)],
          ...[column, code === outcome ? '' : sentenceOf(code, params)],
        ])
        return [
          text('import.about', { mapping, source, state: text(`import.${state}`), started }),
          ...(report ? reportLines(report) : []),
          ...(cells.length ? ['', ...tableLines(headings, cells)] : []),
        ]
      })
    })
  }
}
