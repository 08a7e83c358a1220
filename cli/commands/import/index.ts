import type { ImportReport } from '#app/imports/report'
import { BaseCommand } from '#cli/base_command'
import { dryRunFlag, Flags } from '#cli/flags'
import { reportLines } from '#cli/import_report'
import { problemLines } from '#cli/report_error'
import { language, text } from '#cli/texts'

export default class Import extends BaseCommand {
  static description = text('commands.import.description')
  static examples = [
    'medinfo import --mapping synthea --file ./export --dry-run',
    'medinfo import --mapping ./our-clinic.yml --file ./export --rejects ./rejected',
    'medinfo import --mapping synthea --file ./export --background',
  ]
  static flags = {
    'mapping': Flags.string({ description: text('flags.mapping'), helpValue: text('values.mapping'), required: true }),
    'file': Flags.string({ description: text('flags.file'), helpValue: text('values.path'), required: true }),
    'as': Flags.string({ description: text('flags.as'), helpValue: text('values.name') }),
    'rejects': Flags.string({ description: text('flags.rejects'), helpValue: text('values.path') }),
    'dry-run': dryRunFlag(),
    'background': Flags.boolean({ description: text('flags.background'), exclusive: ['dry-run'] }),
  }

  async run() {
    const { flags } = await this.parse(Import)
    const { mapping, 'file': path, as, rejects, 'dry-run': dryRun } = flags
    if (flags.background) return this.runInBackground({ mapping, path, as, rejects }, flags.json)
    const { report, interrupted } = await this.withApp(async (caller) => {
      const { importWithProgress } = await import('#cli/import_with_progress')
      return importWithProgress(caller, { mapping, path, as, dryRun, rejects })
    })
    this.answer(flags.json, interrupted ? { ...report, error: interrupted } : report, () => {
      const ending = interrupted ? ['', text('import.interrupted'), ...problemLines(interrupted)] : []
      return this.lines(dryRun, ...reportLines(report), ...ending)
    })
    if (interrupted || !isClean(report)) this.exit(1)
  }

  private async runInBackground(options: object, asJson: boolean) {
    await this.withApp(async (caller) => {
      const { startImport } = await import('#app/imports/start_import')
      const job = await startImport(caller, { ...options, language })
      this.answer(asJson, { data: { job: job.uuid } }, () => [text('import.in_background', { id: job.uuid })])
    })
  }
}

function isClean({ rejected, checks }: ImportReport) {
  return rejected === 0 && checks.every(({ ok }) => ok)
}
