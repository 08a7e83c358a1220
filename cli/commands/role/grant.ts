import { GrantCommand } from '#cli/grant_command'
import { text } from '#cli/texts'

export default class RoleGrant extends GrantCommand {
  static description = text('commands.role:grant.description')
  static examples = [
    'medinfo role grant --role doctor --user awa@example.org',
    'medinfo role grant --permission patients.find --role nurse',
  ]

  async run() {
    await this.change('grant')
  }
}
