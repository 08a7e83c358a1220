import { BaseCommand } from '#cli/base_command'
import { dryRunFlag, Flags } from '#cli/flags'
import { text } from '#cli/texts'

export default class UserResetMfa extends BaseCommand {
  static description = text('commands.user:reset-mfa.description')
  static examples = ['medinfo user reset-mfa --user awa@example.org']
  static flags = {
    'user': Flags.string({ description: text('flags.user'), helpValue: text('values.user'), required: true }),
    'dry-run': dryRunFlag(),
  }

  async run() {
    const { flags } = await this.parse(UserResetMfa)
    await this.withApp(async (caller) => {
      const { resetFactors } = await import('#app/factors/reset_factors')
      const work = (as: typeof caller) => resetFactors(as, { user: flags.user })
      const user = await this.perform(caller, flags['dry-run'], work)
      this.answer(flags.json, { id: user.uuid, dry_run: flags['dry-run'] }, () =>
        this.lines(flags['dry-run'], text('user.factors_reset', { name: user.name }))
      )
    })
  }
}
