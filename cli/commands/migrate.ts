import { BaseCommand } from '#cli/base_command'
import { dryRunFlag, Flags } from '#cli/flags'
import { UsageError } from '#cli/usage_error'
import { tableLines } from '#cli/table'
import { text } from '#cli/texts'

export default class Migrate extends BaseCommand {
  static description = text('commands.migrate.description')
  static examples = ['medinfo migrate --dry-run', 'medinfo migrate']
  static flags = {
    'dry-run': dryRunFlag(),
    'down': Flags.boolean({ description: text('flags.down') }),
    'force': Flags.boolean({ description: text('flags.force') }),
  }

  async run() {
    const { flags } = await this.parse(Migrate)
    const dryRun = flags['dry-run']
    if (flags.down && !flags.force && !dryRun) throw new UsageError(text('migrate.down_needs_force'))
    await this.withApp(async () => {
      const { changeSchema } = await import('#app/setup/change_schema')
      const migrations = await changeSchema({ direction: flags.down ? 'down' : 'up', dryRun })
      this.answer(flags.json, { direction: flags.down ? 'down' : 'up', migrations, dry_run: dryRun }, () => {
        if (!migrations.length) return this.lines(dryRun, text('migrate.nothing'))
        const rows = migrations.map(({ name, status }) => [name, text(`migrate.${status}`)])
        return this.lines(dryRun, ...tableLines([text('columns.migration'), text('columns.state')], rows))
      })
    })
  }
}
