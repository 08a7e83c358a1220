import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import env from '#start/env'

const KEPT_FOR = 30_000
let kept: { country: string; until: number } | undefined

/** The country whose national ids and phone numbers are meant where none is named: the setting, else the environment. */
export async function defaultCountry(client: QueryClientContract): Promise<string> {
  if (kept && kept.until > Date.now()) return kept.country
  const row = await client.from('settings').where('name', 'national_id_country').first()
  const country: string = row?.value ?? env.get('NATIONAL_ID_COUNTRY', 'generic')
  kept = { country, until: Date.now() + KEPT_FOR }
  return country
}
