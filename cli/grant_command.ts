import { BaseCommand } from '#cli/base_command'
import { dryRunFlag, Flags } from '#cli/flags'
import { text } from '#cli/texts'

/** What `role grant` and `role revoke` share: two of role, user and permission. */
export abstract class GrantCommand extends BaseCommand {
  static flags = {
    'role': Flags.string({ description: text('flags.role'), helpValue: text('values.role') }),
    'user': Flags.string({ description: text('flags.user'), helpValue: text('values.user') }),
    'permission': Flags.string({ description: text('flags.permission'), helpValue: text('values.permission') }),
    'dry-run': dryRunFlag(),
  }

  protected async change(direction: 'grant' | 'revoke') {
    const { flags } = await this.parse(this.ctor as typeof GrantCommand)
    const { role, user, permission } = flags
    await this.withApp(async (caller) => {
      const changeGrants = await import('#app/users/change_grants')
      const call = changeGrants[direction]
      const { changed } = await this.perform(caller, flags['dry-run'], (as) => call(as, { role, user, permission }))
      this.answer(flags.json, { changed, dry_run: flags['dry-run'] }, () => {
        const what = [role, user, permission].filter(Boolean).join(' + ')
        return this.lines(flags['dry-run'], text(changed ? `role.${direction}` : 'role.unchanged', { what }))
      })
    })
  }
}
