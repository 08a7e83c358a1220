import { BaseCommand } from '#cli/base_command'
import { finishRotation, rotationLines } from '#cli/finish_rotation'
import { dryRunFlag, Flags } from '#cli/flags'
import { text } from '#cli/texts'

export default class KeyRewrap extends BaseCommand {
  static description = text('commands.key:rewrap.description')
  static examples = ['medinfo key rewrap --dry-run', 'medinfo key rewrap --destroy-former']
  static flags = {
    'destroy-former': Flags.boolean({ description: text('flags.destroy_former'), default: false }),
    'dry-run': dryRunFlag(),
  }

  async run() {
    const { flags } = await this.parse(KeyRewrap)
    const { 'destroy-former': destroyFormer, 'dry-run': dryRun } = flags
    await this.withApp(async (caller) => {
      const { rewrapKeys } = await import('#app/keys/start_rotation')
      const { job, counts } = await this.perform(caller, dryRun, (inner) =>
        rewrapKeys(inner, { destroy_former: destroyFormer })
      )
      const finished = dryRun ? null : await finishRotation(job)
      this.answer(flags.json, { data: { ...counts, dry_run: dryRun, job: finished } }, () =>
        this.lines(dryRun, ...rotationLines('rewrap', counts, finished))
      )
    })
  }
}
