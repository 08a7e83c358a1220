import { BaseCommand } from '#cli/base_command'
import { dryRunFlag, Flags } from '#cli/flags'
import { text } from '#cli/texts'

export default class DeviceRevoke extends BaseCommand {
  static description = text('commands.device:revoke.description')
  static examples = ['medinfo device revoke --user awa@example.org --id 019ace2b-7c1e-7d3a-9f10-2b6f0a7c4d11']
  static flags = {
    'user': Flags.string({ description: text('flags.user'), helpValue: text('values.user'), required: true }),
    'id': Flags.string({ description: text('flags.device_id'), helpValue: 'uuid', required: true }),
    'dry-run': dryRunFlag(),
  }

  async run() {
    const { flags } = await this.parse(DeviceRevoke)
    const { user, id } = flags
    await this.withApp(async (caller) => {
      const { revokeDeviceOf } = await import('#app/sync/revoke_device')
      const device = await this.perform(caller, flags['dry-run'], (as) => revokeDeviceOf(as, { user, id }))
      const revokedAt = device.revokedAt!.toISOString()
      this.answer(flags.json, { id: device.uuid, revoked_at: revokedAt, dry_run: flags['dry-run'] }, () =>
        this.lines(flags['dry-run'], text('device.revoked', { name: device.name, id: device.uuid }))
      )
    })
  }
}
