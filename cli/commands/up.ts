import { BaseCommand } from '#cli/base_command'
import { Flags } from '#cli/flags'
import { text } from '#cli/texts'

export default class Up extends BaseCommand {
  static description = text('commands.up.description')
  static examples = [
    'medinfo up',
    'medinfo up --host 0.0.0.0',
    'medinfo up --port 4000 --data-dir /srv/medinfo --empty',
  ]
  static flags = {
    'host': Flags.string({ description: text('flags.up_host'), helpValue: text('values.host') }),
    'port': Flags.integer({ description: text('flags.up_port'), helpValue: text('values.port'), min: 0, max: 65_535 }),
    'tls': Flags.boolean({ description: text('flags.tls') }),
    'data-dir': Flags.string({ description: text('flags.data_dir'), helpValue: text('values.folder') }),
    'empty': Flags.boolean({ description: text('flags.empty') }),
  }

  async run() {
    const { flags } = await this.parse(Up)
    const { chooseSettings } = await import('#app/setup/up_settings')
    const { Steps } = await import('#cli/steps')
    const steps = new Steps(flags.json)
    const asked = { host: flags.host, port: flags.port, dataDir: flags['data-dir'], tls: flags.tls }
    const settings = await steps.run(
      () => chooseSettings(asked),
      ({ envFileMade }) => text(envFileMade ? 'up.env_written' : 'up.env_kept')
    )
    if (settings.otherDataDir)
      steps.say(text('up.other_data_dir', { used: settings.dataDir, kept: settings.otherDataDir }))
    const { bringUp } = await import('#cli/bring_up')
    await bringUp(steps, { empty: flags.empty, asJson: flags.json })
  }
}
