import { waitingCount } from '#pwa/device/outbox'
import type { Destination } from '#pwa/design/shell'
import { vault } from '#pwa/device/vault'
import { isOnlyPatient } from '#pwa/session/door'
import { can } from '#pwa/session/session'
import { t } from '#pwa/texts/t'

/** Where whoever is inside can go. */
export function destinations(): Destination[] {
  const own: Destination = { href: '/app/me', icon: 'patient', label: t('common.nav.me') }
  if (isOnlyPatient.value) return [{ href: '/app/', icon: 'document', label: t('common.nav.own_chart') }, own]
  if (vault.value !== 'open') return [{ href: '/app/', icon: 'device', label: t('common.nav.device') }, own]
  const day: Destination = { href: '/app/', icon: 'today', label: t('common.nav.today') }
  const labs: Destination = { href: '/app/labs', icon: 'flask', label: t('common.nav.labs') }
  return [
    ...(can('charts.view') ? [day] : []),
    { href: '/app/patients', icon: 'patients', label: t('common.nav.patients') },
    ...(can('lab_results.enter') ? [labs] : []),
    { href: '/app/outbox', icon: 'send', label: t('common.nav.outbox'), count: waitingCount.value },
    own,
  ]
}
