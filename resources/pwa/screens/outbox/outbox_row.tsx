import type { OutboxItem } from '#pwa/device/types'
import { Badge, StandingBadge } from '#pwa/design/surfaces'
import { ListItem } from '#pwa/design/list'
import { gistOf, needsDecision, patientOf, standingOf, whatOf } from '#pwa/screens/outbox/describe_item'
import { can } from '#pwa/session/session'
import { formatDateTime } from '#pwa/texts/format'
import { hasText, t } from '#pwa/texts/t'

/** Whose, what, when, and where it stands; what needs a decision leads to where it is made. */
export function OutboxRow({ item }: { item: OutboxItem }) {
  const when = item.acknowledgedAt
    ? t('sync.sent_at', { at: formatDateTime(item.acknowledgedAt) })
    : t('sync.written', { at: formatDateTime(item.writtenAt) })
  const what = [whatOf(item), gistOf(item)].filter(Boolean).join(' · ')
  return (
    <ListItem
      href={wayTo(item)}
      title={patientOf(item)}
      detail={
        <>
          <span class="outbox-what">{what}</span>
          <span class="outbox-when">
            {when} <State item={item} />
          </span>
        </>
      }
    />
  )
}

/** Whoever opens no charts sees a result alone. */
function wayTo(item: OutboxItem): string {
  if (needsDecision(item)) return `/app/outbox/${item.mutationId}`
  const isResultAlone = item.entity === 'lab_result' && !can('charts.view')
  return isResultAlone ? `/app/patients/${item.scope}/labs/${item.recordId}` : `/app/patients/${item.scope}`
}

function State({ item }: { item: OutboxItem }) {
  if (item.late) return <Badge tone="warning">{t('sync.late')}</Badge>
  const key = `sync.state.${item.state}`
  return hasText(key) ? <Badge tone="info">{t(key)}</Badge> : <StandingBadge standing={standingOf(item)} />
}
