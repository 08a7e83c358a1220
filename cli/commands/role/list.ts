import { BaseCommand } from '#cli/base_command'
import { tableLines } from '#cli/table'
import { text } from '#cli/texts'

export default class RoleList extends BaseCommand {
  static description = text('commands.role:list.description')
  static examples = ['medinfo role list --json']

  async run() {
    const { flags } = await this.parse(RoleList)
    await this.withApp(async (caller) => {
      const { listRoles } = await import('#app/users/list_roles')
      const roles = await listRoles(caller, {})
      this.answer(flags.json, { data: roles, meta: {} }, () => {
        const headings = ['role', 'users', 'permissions'].map((column) => text(`columns.${column}`))
        // One permission a line: side by side they would be wider than any terminal.
        const cells = roles.flatMap(({ name, users, permissions }) => [
          [name, users, permissions[0] ?? ''],
          ...permissions.slice(1).map((permission) => ['', '', permission]),
        ])
        return tableLines(headings, cells)
      })
    })
  }
}
