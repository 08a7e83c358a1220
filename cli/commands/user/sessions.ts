import { BaseCommand } from '#cli/base_command'
import { Flags } from '#cli/flags'
import { tableLines } from '#cli/table'
import { text } from '#cli/texts'

const COLUMNS = ['id', 'browser', 'system', 'ip_address', 'began', 'last_seen']

export default class UserSessions extends BaseCommand {
  static description = text('commands.user:sessions.description')
  static examples = ['medinfo user sessions --user awa@example.org']
  static flags = {
    user: Flags.string({ description: text('flags.user'), helpValue: text('values.user'), required: true }),
  }

  async run() {
    const { flags } = await this.parse(UserSessions)
    await this.withApp(async (caller) => {
      const { listSessionsOf } = await import('#app/sessions/list_sessions')
      const { deviceOf } = await import('#app/sessions/device')
      const { rows } = await listSessionsOf(caller, { user: flags.user })
      const data = rows.map((session) => ({
        id: session.uuid,
        ...deviceOf(session.userAgent),
        ip_address: session.ipAddress,
        created_at: session.createdAt.toISOString(),
        last_seen_at: session.lastSeenAt.toISOString(),
        expires_at: session.expiresAt.toISOString(),
      }))
      this.answer(flags.json, { data }, () =>
        tableLines(
          COLUMNS.map((column) => text(`columns.${column}`)),
          data.map((one) => [one.id, one.browser, one.system, one.ip_address, one.created_at, one.last_seen_at])
        )
      )
    })
  }
}
