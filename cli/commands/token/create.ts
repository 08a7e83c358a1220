import { BaseCommand } from '#cli/base_command'
import { secondsOf } from '#cli/duration'
import { dryRunFlag, Flags } from '#cli/flags'
import { text } from '#cli/texts'

export default class TokenCreate extends BaseCommand {
  static description = text('commands.token:create.description')
  static examples = [
    'medinfo token create --user awa@example.org --abilities patients.find,patients.view --expires 90d',
  ]
  static flags = {
    'user': Flags.string({ description: text('flags.user'), helpValue: text('values.user'), required: true }),
    'abilities': Flags.string({
      description: text('flags.abilities'),
      helpValue: text('values.abilities'),
      multiple: true,
      delimiter: ',',
      default: ['*'],
    }),
    'expires': Flags.string({ description: text('flags.expires'), helpValue: '24h|90d', default: '90d' }),
    'name': Flags.string({ description: text('flags.token_name'), helpValue: text('values.name') }),
    'dry-run': dryRunFlag(),
  }

  async run() {
    const { flags } = await this.parse(TokenCreate)
    const { user, abilities, name } = flags
    const input = { user, abilities, name, expires_in: secondsOf(flags.expires) }
    await this.withApp(async (caller) => {
      const { makeToken } = await import('#app/tokens/make_token')
      const { token, value } = await this.perform(caller, flags['dry-run'], (as) => makeToken(as, input))
      const expiresAt = token.expiresAt!.toISOString()
      // What a rehearsal makes opens nothing: showing it would only mislead.
      const shown = flags['dry-run'] ? null : value
      this.answer(
        flags.json,
        { id: token.uuid, token: shown, abilities, expires_at: expiresAt, dry_run: flags['dry-run'] },
        () => [
          ...this.lines(flags['dry-run'], text('token.created', { id: token.uuid, until: expiresAt })),
          ...(shown ? [text('token.shown_once'), shown] : []),
        ]
      )
    })
  }
}
