import type { ComponentChildren } from 'preact'
import { useLocation } from 'preact-iso'
import type { Need } from '#pwa/device/types'
import { Banner } from '#pwa/design/banner'
import { Button } from '#pwa/design/button'
import { Icon } from '#pwa/design/icon'
import { outbox } from '#pwa/device/outbox'
import { isUnsent, needsDecision } from '#pwa/screens/outbox/describe_item'
import { isOnline, needs } from '#pwa/sync/sync'
import { t } from '#pwa/texts/t'
import '#pwa/screens/outbox/sync_banners.css'

const WHERE: Record<Need, string> = { sign_in: '/app/sign-in', revoked: '/app/revoked', room: '/app/room' }
const ORDER: Need[] = ['revoked', 'sign_in', 'room']

/** What somebody has to know wherever they are: no network, and whatever the device cannot go on without. */
export function SyncBanners() {
  const { path } = useLocation()
  const shown = ORDER.filter((need) => needs.value.has(need) && path !== WHERE[need])
  return (
    <>
      {!isOnline.value && <Banner tone="info">{t('sync.offline')}</Banner>}
      {shown.map((need) => (
        <NeedBanner key={need} need={need} />
      ))}
    </>
  )
}

function NeedBanner({ need }: { need: Need }) {
  // Offline nobody can sign in, and the banner above says what there is to say.
  const isPossible = need !== 'sign_in' || isOnline.value
  return (
    <Banner
      tone={need === 'revoked' ? 'danger' : 'warning'}
      action={isPossible && <Button href={WHERE[need]}>{t(`sync.need.${need}.action`)}</Button>}
    >
      {t(`sync.need.${need}`)}
    </Banner>
  )
}

/** Network and number of what waits, for the bar; it leads to the list. */
export function SyncIndicator() {
  const unsent = outbox.value.filter(isUnsent)
  const toDecide = unsent.filter(needsDecision).length
  if (toDecide) return <Indicator icon="warning" count={toDecide} label={t('sync.attention', { count: toDecide })} />
  if (unsent.length)
    return (
      <Indicator
        icon={isOnline.value ? 'sync' : 'cloud_off'}
        count={unsent.length}
        label={t('sync.waiting', { count: unsent.length })}
      />
    )
  return isOnline.value ? null : <Indicator icon="cloud_off" label={t('sync.phase.offline')} />
}

interface Shown {
  icon: 'warning' | 'sync' | 'cloud_off'
  count?: number
  label: string
}

function Indicator({ icon, count, label }: Shown): ComponentChildren {
  return (
    <a class="sync-indicator" href="/app/outbox" aria-label={label} title={label}>
      <Icon name={icon} size={20} />
      {count !== undefined && <span aria-hidden="true">{count}</span>}
    </a>
  )
}
