import { BaseCommand } from '#cli/base_command'
import { text } from '#cli/texts'

export default class AuditSeal extends BaseCommand {
  static description = text('commands.audit:seal.description')
  static examples = ['medinfo audit seal']

  async run() {
    const { flags } = await this.parse(AuditSeal)
    await this.withApp(async (caller) => {
      const { sealNow } = await import('#app/anchors/prove_audit')
      const done = await sealNow(caller, {})
      this.answer(flags.json, { by_server: done === null, ...done }, () => [
        done ? text('audit.sealed', done) : text('audit.sealed_by_server'),
      ])
    })
  }
}
