import { BaseCommand } from '#cli/base_command'
import { cursorFlag, Flags, limitFlag } from '#cli/flags'
import { tableLines } from '#cli/table'
import { text } from '#cli/texts'

export default class UserList extends BaseCommand {
  static description = text('commands.user:list.description')
  static examples = ['medinfo user list --role doctor --limit 100']
  static flags = {
    role: Flags.string({ description: text('flags.of_role'), helpValue: text('values.role') }),
    limit: limitFlag(),
    cursor: cursorFlag(),
  }

  async run() {
    const { flags } = await this.parse(UserList)
    const { role, limit, cursor } = flags
    await this.withApp(async (caller) => {
      const { listUsers } = await import('#app/users/list_users')
      const { rows, nextCursor } = await listUsers(caller, { role, limit, cursor })
      const data = rows.map((user) => ({
        id: user.uuid,
        name: user.name,
        email: user.email,
        roles: user.roleNames,
        disabled_at: user.disabledAt?.toISOString() ?? null,
      }))
      this.answer(flags.json, { data, meta: { next_cursor: nextCursor } }, () => {
        const headings = ['id', 'name', 'email', 'roles', 'state'].map((column) => text(`columns.${column}`))
        const cells = data.map((user) => [
          user.id,
          user.name,
          user.email,
          user.roles.join(', '),
          user.disabled_at ? text('user.closed') : text('user.open'),
        ])
        return [...tableLines(headings, cells), ...this.moreLines(nextCursor)]
      })
    })
  }
}
