import { BaseCommand } from '#cli/base_command'
import { dryRunFlag, Flags } from '#cli/flags'
import { text } from '#cli/texts'

export default class TokenRevoke extends BaseCommand {
  static description = text('commands.token:revoke.description')
  static examples = ['medinfo token revoke --id 019ace2b-7c1e-7d3a-9f10-2b6f0a7c4d11']
  static flags = {
    'id': Flags.string({ description: text('flags.token_id'), helpValue: 'uuid', required: true }),
    'dry-run': dryRunFlag(),
  }

  async run() {
    const { flags } = await this.parse(TokenRevoke)
    await this.withApp(async (caller) => {
      const { revokeToken } = await import('#app/tokens/revoke_token')
      const token = await this.perform(caller, flags['dry-run'], (as) => revokeToken(as, { id: flags.id }))
      const revokedAt = token.revokedAt!.toISOString()
      this.answer(flags.json, { id: token.uuid, revoked_at: revokedAt, dry_run: flags['dry-run'] }, () =>
        this.lines(flags['dry-run'], text('token.revoked', { id: token.uuid }))
      )
    })
  }
}
