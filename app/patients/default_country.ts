import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { recentClinic } from '#app/settings/clinic'

/** The country whose national ids and phone numbers are meant where none is named: the setting, else the environment. */
export async function defaultCountry(client: QueryClientContract): Promise<string> {
  const { nationalIdCountry } = await recentClinic(client)
  return nationalIdCountry
}
