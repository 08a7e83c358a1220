import { BaseCommand } from '#cli/base_command'
import { Flags } from '#cli/flags'
import { tableLines } from '#cli/table'
import { text } from '#cli/texts'

const COLUMNS = ['id', 'name', 'system', 'last_seen', 'state']
/** There are few of one person: nobody turns pages here. */
const MOST = 100

export default class DeviceList extends BaseCommand {
  static description = text('commands.device:list.description')
  static examples = ['medinfo device list --user awa@example.org']
  static flags = {
    user: Flags.string({ description: text('flags.user'), helpValue: text('values.user'), required: true }),
  }

  async run() {
    const { flags } = await this.parse(DeviceList)
    await this.withApp(async (caller) => {
      const { listDevicesOf } = await import('#app/sync/find_devices')
      const { deviceOf } = await import('#app/sessions/device')
      const { rows } = await listDevicesOf(caller, { user: flags.user, limit: MOST })
      const data = rows.map((device) => ({
        id: device.uuid,
        name: device.name,
        ...deviceOf(device.userAgent),
        created_at: device.createdAt.toISOString(),
        last_seen_at: device.lastSeen?.toISOString() ?? null,
        credential_expires_at: device.credentialExpiresAt.toISOString(),
        revoked_at: device.revokedAt?.toISOString() ?? null,
      }))
      const state = ({ revoked_at }: { revoked_at: string | null }) => text(revoked_at ? 'device.ended' : 'device.open')
      this.answer(flags.json, { data }, () =>
        tableLines(
          COLUMNS.map((column) => text(`columns.${column}`)),
          data.map((one) => [one.id, one.name, one.system, one.last_seen_at, state(one)])
        )
      )
    })
  }
}
