import { BaseCommand } from '#cli/base_command'
import { tableLines } from '#cli/table'
import { text } from '#cli/texts'

export default class AuditAnchor extends BaseCommand {
  static description = text('commands.audit:anchor.description')
  static examples = ['medinfo audit anchor']

  async run() {
    const { flags } = await this.parse(AuditAnchor)
    await this.withApp(async (caller) => {
      const { anchorNow, sealNow } = await import('#app/anchors/prove_audit')
      await sealNow(caller, {})
      const places = await anchorNow(caller, {})
      const isDone = places.length > 0 && places.every(({ problem }) => problem === null)
      this.answer(flags.json, { ok: isDone, places }, () => {
        if (!places.length) return [text('audit.no_places')]
        const headings = ['place', 'rows', 'result'].map((column) => text(`columns.${column}`))
        const cells = places.map(({ place, size, problem }) => [place, size, resultOf(problem)])
        return tableLines(headings, cells)
      })
      if (!isDone) this.exit(1)
    })
  }
}

function resultOf(problem: string | null): string {
  if (problem === 'differs') return text('audit.place_differs')
  return problem === null ? text('doctor.ok') : text('audit.place_failed', { reason: problem })
}
