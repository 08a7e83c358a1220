import { BaseCommand } from '#cli/base_command'
import { dryRunFlag, Flags } from '#cli/flags'
import { settingsLines, shownSettings } from '#cli/settings_lines'
import { text } from '#cli/texts'

const lines = (name: string) =>
  Flags.string({ description: text(`flags.settings.${name}`), helpValue: text('values.line'), multiple: true })

export default class SettingsChange extends BaseCommand {
  static description = text('commands.settings:change.description')
  static examples = [
    'medinfo settings change --name "Clinique du Port" --address "12, rue du Port" --address Dakar --reason Ouverture',
    'medinfo settings change --country SN --reason Ouverture',
  ]
  static flags = {
    'name': Flags.string({ description: text('flags.settings.name'), helpValue: text('values.name') }),
    'address': lines('address'),
    'phone': Flags.string({ description: text('flags.settings.phone'), helpValue: text('values.number') }),
    'header': lines('header'),
    'language': Flags.string({
      ...{ description: text('flags.settings.languages'), helpValue: 'fr|en', multiple: true, options: ['fr', 'en'] },
    }),
    'default-language': Flags.string({
      ...{ description: text('flags.settings.language'), helpValue: 'fr|en', options: ['fr', 'en'] },
    }),
    'country': Flags.string({ description: text('flags.settings.national_id_country'), helpValue: 'SN' }),
    'reason': Flags.string({
      ...{ description: text('flags.settings.reason'), helpValue: text('values.line'), required: true },
    }),
    'dry-run': dryRunFlag(),
  }

  async run() {
    const { flags } = await this.parse(SettingsChange)
    const { name, address, phone, header, language: languages, country, reason } = flags
    const given = {
      ...{ name, address: written(address), header: written(header), languages, national_id_country: country },
      ...{ phone: phone === '' ? null : phone, language: flags['default-language'] },
    }
    await this.withApp(async (caller) => {
      const { changeSettings, openSettings } = await import('#app/settings/change_settings')
      const before = shownSettings(await openSettings(caller, {}))
      const wanted = Object.entries(given).filter(([, value]) => value !== undefined)
      const input = { ...before, ...Object.fromEntries(wanted), reason }
      const after = await this.perform(caller, flags['dry-run'], (as) => changeSettings(as, input))
      const shown = shownSettings(after)
      this.answer(flags.json, { ...shown, dry_run: flags['dry-run'] }, () =>
        this.lines(flags['dry-run'], ...settingsLines(shown))
      )
    })
  }
}

/** An empty line empties them. */
const written = (given?: string[]) => given?.filter((line) => line !== '')
