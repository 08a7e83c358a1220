import { BaseCommand } from '#cli/base_command'
import { limitFlag } from '#cli/flags'
import { tableLines } from '#cli/table'
import { text } from '#cli/texts'

export default class MailList extends BaseCommand {
  static description = text('commands.mail:list.description')
  static examples = ['medinfo mail list --limit 10']
  static flags = { limit: limitFlag() }

  async run() {
    const { flags } = await this.parse(MailList)
    await this.withApp(async (caller) => {
      const { listMailFiles } = await import('#app/mails/mail_files')
      const mails = await listMailFiles(caller, { limit: flags.limit })
      const data = mails.map(({ id, date, to, subject }) => ({ id, date, to, subject }))
      this.answer(flags.json, { data, meta: {} }, () => {
        const headings = ['id', 'date', 'to', 'subject'].map((column) => text(`columns.${column}`))
        const cells = data.map(({ id, date, to, subject }) => [id, date, to, subject])
        return cells.length ? tableLines(headings, cells) : [text('mail.none')]
      })
    })
  }
}
