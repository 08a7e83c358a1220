import type { Clinic } from '#app/settings/clinic'
import { tableLines } from '#cli/table'
import { text } from '#cli/texts'

export interface ShownSettings {
  name: string
  address: string[]
  phone: string | null
  header: string[]
  languages: string[]
  language: string
  national_id_country: string
}

/** As the API shows them. */
export function shownSettings({ nationalIdCountry, ...clinic }: Clinic): ShownSettings {
  const { name, address, phone, header, languages, language } = clinic
  return { name, address, phone, header, languages, language, national_id_country: nationalIdCountry }
}

export function settingsLines(shown: ShownSettings): string[] {
  const cells = Object.entries(shown).flatMap(([name, value]) => {
    const [first = '', ...others] = Array.isArray(value) ? value : [value ?? '']
    return [[text(`settings.${name}`), first], ...others.map((line) => ['', line])]
  })
  return tableLines([text('columns.setting'), text('columns.value')], cells)
}
