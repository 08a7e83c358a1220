import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import env from '#start/env'

export const LANGUAGES = ['fr', 'en'] as const
export type ClinicLanguage = (typeof LANGUAGES)[number]

/** What an installation says of itself. */
export interface Clinic {
  name: string
  /** Null where nobody has chosen one: the environment's stands in for it. */
  chosenName: string | null
  /** Below the name at the head of what is printed, a line each. */
  address: string[]
  phone: string | null
  header: string[]
  /** In which it is offered; texts exist in both. */
  languages: ClinicLanguage[]
  /** Of whoever asks for none of them. */
  language: ClinicLanguage
  /** Whose national ids and phone numbers are meant where none is named. */
  nationalIdCountry: string
}

/** The names of the rows, as text each: lists by line, languages by comma. What has no row is the environment's. */
export const SETTING_NAMES = {
  name: 'clinic_name',
  address: 'clinic_address',
  phone: 'clinic_phone',
  header: 'clinic_header',
  languages: 'languages',
  language: 'language',
  nationalIdCountry: 'national_id_country',
} as const

/** How long another process may go on with what was changed here. */
export const KEPT_FOR_MS = 30_000
let kept: { clinic: Clinic; until: number } | undefined

/** As it was last read; the environment's before that. It never waits, so that whatever greets anybody may ask. */
export function clinicNow(): Clinic {
  return kept?.clinic ?? clinicOf(new Map())
}

/** At most half a minute old. */
export async function recentClinic(client: QueryClientContract): Promise<Clinic> {
  return kept && kept.until > Date.now() ? kept.clinic : refreshClinic(client)
}

export async function refreshClinic(client: QueryClientContract): Promise<Clinic> {
  const clinic = await readClinic(client)
  keepClinic(clinic)
  return clinic
}

export function keepClinic(clinic: Clinic) {
  kept = { clinic, until: Date.now() + KEPT_FOR_MS }
}

export async function readClinic(client: QueryClientContract): Promise<Clinic> {
  const rows = await client.from('settings').select('name', 'value').whereIn('name', Object.values(SETTING_NAMES))
  return clinicOf(new Map(rows.map(({ name, value }: { name: string; value: string }) => [name, value])))
}

function clinicOf(values: Map<string, string>): Clinic {
  const of = (name: keyof typeof SETTING_NAMES) => values.get(SETTING_NAMES[name]) || null
  const lines = (name: 'address' | 'header') => of(name)?.split('\n') ?? []
  const offered = of('languages')?.split(',')
  const languages = LANGUAGES.filter((each) => offered?.includes(each) ?? true)
  return {
    name: of('name') ?? (env.get('APP_NAME') || 'MedInfo'),
    chosenName: of('name'),
    address: lines('address'),
    phone: of('phone'),
    header: lines('header'),
    languages,
    language: languages.find((each) => each === of('language')) ?? languages[0] ?? 'fr',
    nationalIdCountry: of('nationalIdCountry') ?? env.get('NATIONAL_ID_COUNTRY', 'generic'),
  }
}
