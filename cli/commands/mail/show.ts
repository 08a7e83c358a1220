import { BaseCommand } from '#cli/base_command'
import { Flags } from '#cli/flags'
import { text } from '#cli/texts'

export default class MailShow extends BaseCommand {
  static description = text('commands.mail:show.description')
  static examples = ['medinfo mail show --last']
  static flags = {
    id: Flags.string({ description: text('flags.mail_id'), helpValue: 'uuid' }),
    last: Flags.boolean({ description: text('flags.last_mail'), exclusive: ['id'] }),
  }

  async run() {
    const { flags } = await this.parse(MailShow)
    await this.withApp(async (caller) => {
      const { showMailFile } = await import('#app/mails/mail_files')
      const mail = await showMailFile(caller, { id: flags.id })
      this.answer(flags.json, { data: mail }, () => [
        text('mail.from', { from: mail.from }),
        text('mail.to', { to: mail.to }),
        text('mail.date', { date: mail.date }),
        text('mail.subject', { subject: mail.subject }),
        '',
        mail.text.trimEnd(),
      ])
    })
  }
}
