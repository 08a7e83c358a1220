import { BaseCommand } from '#cli/base_command'
import { dryRunFlag, Flags } from '#cli/flags'
import { text } from '#cli/texts'

export default class UserCreate extends BaseCommand {
  static description = text('commands.user:create.description')
  static examples = ['medinfo user create --name "Awa Diop" --email awa@example.org --role doctor']
  static flags = {
    'name': Flags.string({ description: text('flags.user_name'), helpValue: text('values.name'), required: true }),
    'email': Flags.string({ description: text('flags.email'), helpValue: text('values.email') }),
    'role': Flags.string({ description: text('flags.roles'), helpValue: text('values.role'), multiple: true }),
    'language': Flags.string({ description: text('flags.language'), options: ['fr', 'en'], helpValue: 'fr|en' }),
    'no-password': Flags.boolean({ description: text('flags.no_password') }),
    'dry-run': dryRunFlag(),
  }

  async run() {
    const { flags } = await this.parse(UserCreate)
    const { newPassword } = await import('#app/setup/new_password')
    const password = flags.email && !flags['no-password'] ? newPassword() : undefined
    const { name, email, role: roles, language } = flags
    await this.withApp(async (caller) => {
      const { createUser } = await import('#app/users/create_user')
      const input = { name, email, roles, language, password }
      const user = await this.perform(caller, flags['dry-run'], (as) => createUser(as, input))
      const shown = flags['dry-run'] ? null : (password ?? null)
      this.answer(
        flags.json,
        {
          id: user.uuid,
          name: user.name,
          email: user.email,
          roles: user.roleNames,
          password: shown,
          dry_run: flags['dry-run'],
        },
        () =>
          this.lines(
            flags['dry-run'],
            text('user.created', { name: user.name, id: user.uuid }),
            ...(shown ? [text('user.password', { password: shown })] : [])
          )
      )
    })
  }
}
