import { BaseCommand } from '#cli/base_command'
import { dryRunFlag, Flags } from '#cli/flags'
import { text } from '#cli/texts'

export default class UserEndSessions extends BaseCommand {
  static description = text('commands.user:end-sessions.description')
  static examples = ['medinfo user end-sessions --user awa@example.org']
  static flags = {
    'user': Flags.string({ description: text('flags.user'), helpValue: text('values.user'), required: true }),
    'dry-run': dryRunFlag(),
  }

  async run() {
    const { flags } = await this.parse(UserEndSessions)
    await this.withApp(async (caller) => {
      const { endSessionsOf } = await import('#app/sessions/end_sessions')
      const work = (as: typeof caller) => endSessionsOf(as, { user: flags.user })
      const { user, ended } = await this.perform(caller, flags['dry-run'], work)
      this.answer(flags.json, { id: user.uuid, ended, dry_run: flags['dry-run'] }, () =>
        this.lines(flags['dry-run'], text('user.signed_out', { name: user.name, count: ended }))
      )
    })
  }
}
