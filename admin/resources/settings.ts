import { NATIONAL_ID_COUNTRIES } from '#app/patients/national_ids/validate_national_id'
import { changeSettings, openSettings } from '#app/settings/change_settings'
import { LANGUAGES } from '#app/settings/clinic'
import type { AdminPage } from '#admin/pages'

/** What the clinic is called, how its documents begin, its languages, and whose national ids it takes. */
export const settings: AdminPage = {
  id: 'settings',
  group: 'running',
  icon: 'Settings',
  permission: 'settings.manage',
  component: 'Settings',
  async open(caller) {
    const { name, address, phone, header, languages, language, nationalIdCountry } = await openSettings(caller, {})
    return {
      values: { name, address, phone, header, languages, language, national_id_country: nationalIdCountry },
      languages: LANGUAGES,
      countries: NATIONAL_ID_COUNTRIES,
    }
  },
  actions: {
    change: {
      gate: changeSettings,
      permission: 'settings.manage',
      icon: 'Save',
      isDangerous: true,
      asksReason: true,
      input: (_, { name, address, phone, header, languages, language, national_id_country: country }) => ({
        ...{ name, address: linesOf(address), phone: phone?.trim() || null, header: linesOf(header) },
        ...{ languages: languages ? languages.split(',') : [], language, national_id_country: country },
      }),
    },
  },
}

function linesOf(text = ''): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}
