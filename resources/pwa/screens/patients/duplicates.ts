import { likelyDuplicates, patients } from '#pwa/device/held'
import type { PatientEntry } from '#pwa/device/types'
import { textOf, type Values } from '#pwa/screens/consultation/clinical_form'
import { searchServer, type SearchKeys } from '#pwa/screens/patients/found_elsewhere'
import type { Who } from '#pwa/screens/patients/who'
import { can } from '#pwa/session/session'
import { isOnline } from '#pwa/sync/sync'

export type Likeness = 'national_id' | 'phone' | 'name_and_birth'

/** Somebody who may be the one that is to be registered, and why. */
export interface Duplicate {
  who: Who
  why: Likeness
  isOnDevice: boolean
}

/** Among the device's patients. */
export function duplicatesHere(identity: Values): Duplicate[] {
  const [familyName, givenName, dob] = ['family_name', 'given_name', 'dob'].map((field) => textOf(identity[field]))
  const [nationalId, phone] = [textOf(identity.national_id), textOf(identity.phone)]
  if (!nationalId && !phone && !(familyName && dob)) return []
  const asked = {
    ...{ family_name: familyName!, given_name: givenName!, dob: dob! },
    ...{ national_id: nationalId || null, phone: phone || null },
  }
  return likelyDuplicates(asked).map((who) => ({ who, why: whyLike(who, nationalId, phone), isOnDevice: true }))
}

function whyLike(who: PatientEntry, nationalId: string, phone: string): Likeness {
  if (nationalId && plain(who.nationalId) === plain(nationalId)) return 'national_id'
  // Of a phone, what follows the country: 77 123 45 67 and +221 77 123 45 67 are one.
  const [one, other] = [digits(who.phone), digits(phone)]
  return one && other && (one.endsWith(other) || other.endsWith(one)) ? 'phone' : 'name_and_birth'
}

const plain = (text: string | null) => (text ?? '').toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
const digits = (text: string | null) => (text ?? '').replaceAll(/\D/g, '').replace(/^0+/, '')

/**
 * Among all patients, where there is a network and the person may look. A search that fails finds nobody: the server
 * decides at the end, and an unreachable one must not keep anybody from being registered.
 */
export async function duplicatesElsewhere(identity: Values): Promise<Duplicate[]> {
  if (!isOnline.value || !can('patients.find')) return []
  const searches = Object.entries(searchesOf(identity)) as [Likeness, SearchKeys][]
  const found = await Promise.all(searches.map(async ([why, keys]) => ({ why, ...(await searchServer(keys)) })))
  const here = new Set(patients.value.map(({ id }) => id))
  return found.flatMap(({ why, data }) => (data?.rows ?? []).map((who) => ({ who, why, isOnDevice: here.has(who.id) })))
}

function searchesOf(identity: Values): Partial<Record<Likeness, SearchKeys>> {
  const text = (field: string) => textOf(identity[field]).trim()
  const country = text('national_id_country')
  return {
    ...(text('national_id') && {
      national_id: { national_id: text('national_id'), ...(country && { national_id_country: country }) },
    }),
    ...(text('phone') && { phone: { phone: text('phone') } }),
    ...(text('family_name') &&
      text('dob') && {
        name_and_birth: { name: `${text('family_name')} ${text('given_name')}`.trim(), dob: text('dob') },
      }),
  }
}

/** Everybody once, by the strongest reason. */
export function together(...lists: Duplicate[][]): Duplicate[] {
  const order: Likeness[] = ['national_id', 'phone', 'name_and_birth']
  const sorted = lists.flat().sort((one, other) => order.indexOf(one.why) - order.indexOf(other.why))
  return [...new Map(sorted.reverse().map((each) => [each.who.id, each])).values()].reverse()
}
