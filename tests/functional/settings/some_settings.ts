import db from '@adonisjs/lucid/services/db'
import { refreshClinic, SETTING_NAMES } from '#app/settings/clinic'

export const WANTED = {
  name: 'Clinique du Port',
  address: ['12, rue du Port', 'Dakar'],
  phone: '+221 33 800 00 00',
  header: ['Agrément 123/MS', 'Ouvert tous les jours'],
  languages: ['fr'],
  language: 'fr',
  national_id_country: 'SN',
}

/** As if nobody had ever chosen anything. */
export async function forgetSettings(): Promise<void> {
  await db.from('settings').whereIn('name', Object.values(SETTING_NAMES)).delete()
  await refreshClinic(db.connection())
}

export async function keptSettings(): Promise<Record<string, string>> {
  const rows = await db.from('settings').whereIn('name', Object.values(SETTING_NAMES)).orderBy('name')
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
}
