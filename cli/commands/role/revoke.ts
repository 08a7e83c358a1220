import { GrantCommand } from '#cli/grant_command'
import { text } from '#cli/texts'

export default class RoleRevoke extends GrantCommand {
  static description = text('commands.role:revoke.description')
  static examples = ['medinfo role revoke --role doctor --user awa@example.org']

  async run() {
    await this.change('revoke')
  }
}
