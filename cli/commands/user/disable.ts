import { BaseCommand } from '#cli/base_command'
import { dryRunFlag, Flags } from '#cli/flags'
import { text } from '#cli/texts'

export default class UserDisable extends BaseCommand {
  static description = text('commands.user:disable.description')
  static examples = ['medinfo user disable --user awa@example.org']
  static flags = {
    'user': Flags.string({ description: text('flags.user'), helpValue: text('values.user'), required: true }),
    'dry-run': dryRunFlag(),
  }

  async run() {
    const { flags } = await this.parse(UserDisable)
    await this.withApp(async (caller) => {
      const { disableUser } = await import('#app/users/disable_user')
      const user = await this.perform(caller, flags['dry-run'], (as) => disableUser(as, { user: flags.user }))
      const disabledAt = user.disabledAt!.toISOString()
      this.answer(flags.json, { id: user.uuid, disabled_at: disabledAt, dry_run: flags['dry-run'] }, () =>
        this.lines(flags['dry-run'], text('user.disabled', { name: user.name }))
      )
    })
  }
}
