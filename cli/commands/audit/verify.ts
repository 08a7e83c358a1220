import { BaseCommand } from '#cli/base_command'
import { findingLine, noticeLine } from '#cli/audit_lines'
import { Flags } from '#cli/flags'
import { Progress } from '#cli/progress'
import { text } from '#cli/texts'

/** More of them say nothing new; --json has a thousand. */
const SHOWN = 20

export default class AuditVerify extends BaseCommand {
  static description = text('commands.audit:verify.description')
  static examples = ['medinfo audit verify', 'medinfo audit verify --from 120000 --json']
  static flags = {
    from: Flags.integer({ description: text('flags.from_checkpoint'), helpValue: text('values.number'), min: 0 }),
  }

  async run() {
    const { flags } = await this.parse(AuditVerify)
    await this.withApp(async (caller) => {
      const { verifyNow } = await import('#app/anchors/prove_audit')
      const progress = new Progress()
      const verified = await verifyNow(caller, { from: flags.from }, ({ rows, total }) =>
        progress.show({ file: text('audit.name'), rowsRead: rows, bytesRead: rows, bytesTotal: total })
      ).finally(() => progress.end())
      const { count, findings, notices, vkeys } = verified
      const ok = count === 0
      this.answer(flags.json, { ok, ...verified }, () => [
        ...findings.slice(0, SHOWN).map(findingLine),
        ...(count > SHOWN ? [text('audit.more', { count: count - SHOWN })] : []),
        ...notices.slice(0, SHOWN).map(noticeLine),
        ...(notices.length > SHOWN ? [text('audit.more', { count: notices.length - SHOWN })] : []),
        text('audit.read', { rows: verified.rows, size: verified.size, checkpoints: verified.checkpoints }),
        ...(verified.unsealed ? [text('audit.unsealed', { rows: verified.unsealed })] : []),
        text('audit.key', { vkey: vkeys.at(-1) }),
        ok ? text('audit.sound') : text('audit.unsound', { count }),
      ])
      if (!ok) this.exit(1)
    })
  }
}
