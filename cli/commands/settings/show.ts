import { BaseCommand } from '#cli/base_command'
import { settingsLines, shownSettings } from '#cli/settings_lines'
import { text } from '#cli/texts'

export default class SettingsShow extends BaseCommand {
  static description = text('commands.settings:show.description')
  static examples = ['medinfo settings show --json']

  async run() {
    const { flags } = await this.parse(SettingsShow)
    await this.withApp(async (caller) => {
      const { openSettings } = await import('#app/settings/change_settings')
      const shown = shownSettings(await openSettings(caller, {}))
      this.answer(flags.json, shown, () => settingsLines(shown))
    })
  }
}
