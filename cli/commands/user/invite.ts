import { BaseCommand } from '#cli/base_command'
import { dryRunFlag, Flags } from '#cli/flags'
import { text } from '#cli/texts'

export default class UserInvite extends BaseCommand {
  static description = text('commands.user:invite.description')
  static examples = ['medinfo user invite --name "Awa Diop" --email awa@example.org --role doctor']
  static flags = {
    'name': Flags.string({ description: text('flags.user_name'), helpValue: text('values.name'), required: true }),
    'email': Flags.string({ description: text('flags.invited'), helpValue: text('values.email'), required: true }),
    'role': Flags.string({ description: text('flags.roles'), helpValue: text('values.role'), multiple: true }),
    'language': Flags.string({ description: text('flags.language'), options: ['fr', 'en'], helpValue: 'fr|en' }),
    'dry-run': dryRunFlag(),
  }

  async run() {
    const { flags } = await this.parse(UserInvite)
    const { name, email, role: roles, language } = flags
    await this.withApp(async (caller) => {
      const { inviteUser } = await import('#app/accounts/invite_user')
      const input = { name, email, roles, language }
      const user = await this.perform(caller, flags['dry-run'], (as) => inviteUser(as, input))
      const mail = flags['dry-run'] ? null : await this.deliver()
      const made = { id: user.uuid, name: user.name, email: user.email, roles: user.roleNames }
      this.answer(flags.json, { ...made, mail, dry_run: flags['dry-run'] }, () =>
        this.lines(
          flags['dry-run'],
          text('user.invited', { name: user.name, id: user.uuid }),
          ...(mail ? [text(`user.invitation_${mail}`)] : [])
        )
      )
    })
  }

  /**
   * Sends what waits, as perhaps no server is running. The invitation stands whatever becomes of that: one that was not
   * sent now is sent while MedInfo runs.
   */
  private async deliver(): Promise<'sent' | 'filed' | 'waits'> {
    const [{ deliverMails }, { default: env }] = await Promise.all([
      import('#app/mails/deliver_mails'),
      import('#start/env'),
    ])
    const delivered = await deliverMails().catch(() => null)
    if (!delivered || delivered.postponed + delivered.failed > 0) return 'waits'
    return env.get('MAIL_DSN') ? 'sent' : 'filed'
  }
}
