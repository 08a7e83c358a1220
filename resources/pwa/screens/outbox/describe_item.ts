import type { OutboxItem, Standing } from '#pwa/device/types'
import { patients } from '#pwa/device/held'
import { foundElsewhere } from '#pwa/screens/patients/found_elsewhere'
import { nameOf } from '#pwa/screens/patients/who'
import { t } from '#pwa/texts/t'

/** What needs a person and not only a network. */
export const needsDecision = ({ state }: OutboxItem) => state === 'refused' || state === 'conflict'

/** What the server does not have yet and will be sent by itself. */
export const isOnItsWay = ({ state }: OutboxItem) => state === 'waiting' || state === 'sending' || state === 'deferred'

/** What would be lost with this device. */
export const isUnsent = (item: OutboxItem) => item.state !== 'acknowledged' && item.state !== 'set_aside'

export function standingOf({ state }: OutboxItem): Standing {
  if (state === 'acknowledged') return 'sent'
  return state === 'refused' || state === 'conflict' ? state : 'waiting'
}

export const whatOf = (item: OutboxItem) => t(`sync.what.${item.name}`)

/** By name, also for one who is registered here and not sent yet. */
export function patientOf(item: OutboxItem): string {
  const known = patients.value.find(({ id }) => id === item.scope) ?? foundElsewhere.value.get(item.scope)
  if (known) return nameOf(known)
  const { family_name: familyName, given_name: givenName } = item.data as Record<string, string | undefined>
  return familyName ? nameOf({ familyName, givenName: givenName ?? '' }) : t('sync.unknown_patient')
}

/** The first words of what was written, so that two items of one patient are told apart. */
export function gistOf({ data }: OutboxItem): string {
  const words = [data.medicine, data.test_name, data.reason, data.description, data.diagnosis, data.text]
  const first = words.find((word): word is string => typeof word === 'string' && word.trim() !== '')
  if (!first) return ''
  return first.length > 60 ? `${first.slice(0, 59)}…` : first
}
