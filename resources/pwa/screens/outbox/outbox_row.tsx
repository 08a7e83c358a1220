import type { OutboxItem } from '#pwa/device/types'
import { Badge, StandingBadge } from '#pwa/design/surfaces'
import { ListItem } from '#pwa/design/list'
import { gistOf, needsDecision, patientOf, standingOf, whatOf } from '#pwa/screens/outbox/describe_item'
import { formatDateTime } from '#pwa/texts/format'
import { hasText, t } from '#pwa/texts/t'

/** Whose, what, when, and where it stands; what needs a decision leads to where it is made. */
export function OutboxRow({ item }: { item: OutboxItem }) {
  const written = t('sync.written', { at: formatDateTime(item.writtenAt) })
  const what = [whatOf(item), gistOf(item)].filter(Boolean).join(' · ')
  return (
    <ListItem
      href={needsDecision(item) ? `/app/outbox/${item.mutationId}` : `/app/patients/${item.scope}`}
      title={patientOf(item)}
      detail={
        <>
          <span class="outbox-what">{what}</span>
          <span class="outbox-when">
            {written} <State item={item} />
          </span>
        </>
      }
    />
  )
}

function State({ item }: { item: OutboxItem }) {
  const key = `sync.state.${item.state}`
  return hasText(key) ? <Badge tone="info">{t(key)}</Badge> : <StandingBadge standing={standingOf(item)} />
}
