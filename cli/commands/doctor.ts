import type { Finding } from '#app/setup/finding'
import { BaseCommand } from '#cli/base_command'
import { kindName, problemOf } from '#cli/job_lines'
import { tell } from '#cli/output'
import { tableLines } from '#cli/table'
import { text } from '#cli/texts'

export default class Doctor extends BaseCommand {
  static description = text('commands.doctor.description')
  static examples = ['medinfo doctor', 'medinfo doctor --json']

  async run() {
    const { flags } = await this.parse(Doctor)
    const { examineMachine } = await import('#app/setup/examine_machine')
    const { findings, canBoot } = await examineMachine()
    if (canBoot) findings.push(...(await this.withApp(() => this.examineDatabase())))
    const checks = findings.map(({ name, ok, code, params }) => ({
      name,
      ok,
      code,
      detail: text(`doctor.${name}.${code}`, inWords(params)),
    }))
    const failed = checks.filter(({ ok }) => !ok)
    this.answer(flags.json, { ok: failed.length === 0, checks }, () =>
      tableLines(
        [text('columns.check'), '', text('columns.result')],
        checks.map(({ name, ok, detail }) => [
          text(`doctor.${name}.title`),
          text(ok ? 'doctor.ok' : 'doctor.failed'),
          detail,
        ])
      )
    )
    if (!canBoot && !flags.json) tell(text('doctor.not_all'))
    if (failed.length) this.exit(1)
  }

  private async examineDatabase() {
    const { examineDatabase } = await import('#app/setup/examine_database')
    return examineDatabase()
  }
}

/** Of a job the findings know its names in the database alone. */
function inWords(params: Finding['params'] = {}) {
  const { kind, problem } = params
  return {
    ...params,
    ...(kind && { kind: kindName(String(kind)) }),
    ...(problem && { problem: problemOf({ problem: String(problem) }) }),
  }
}
