import { Icon } from '#pwa/design/icon'
import { ListItem } from '#pwa/design/list'
import { Badge } from '#pwa/design/surfaces'
import type { Access } from '#pwa/screens/own_chart/own_chart'
import { me } from '#pwa/session/session'
import { formatDateTime } from '#pwa/texts/format'
import { hasText, t } from '#pwa/texts/t'

/** The actions by which somebody only looks; every other one writes. */
const READS = /\.(open|list|timeline|history|search|pull|bootstrap)(_|$)|^admin_view$/

/** Who, what, when and by what right. */
export function AccessLine({ access }: { access: Access }) {
  const { at, user_id: userId, user_name: name, action, entity, outcome } = access
  const isOwn = userId !== null && userId === me.value?.id
  const isRead = READS.test(action)
  const key = `own_chart.entity.${entity ?? 'chart'}`
  const what = hasText(key) ? t(key) : t('own_chart.entity.chart')
  return (
    <ListItem
      lead={<Icon name={isRead ? 'eye' : 'edit'} />}
      title={isOwn ? t('own_chart.access.you') : (name ?? t('own_chart.access.somebody'))}
      detail={
        <>
          <span class="own-chart-line">
            {t(isRead ? 'own_chart.action.read' : 'own_chart.action.change', { what })}
          </span>
          <span class="own-chart-line">{formatDateTime(at)}</span>
        </>
      }
      trail={<Right access={access} isRefused={outcome !== 'done'} />}
    />
  )
}

function Right({ access: { access }, isRefused }: { access: Access; isRefused: boolean }) {
  if (isRefused) return <Badge tone="warning">{t('own_chart.access.refused')}</Badge>
  const key = `own_chart.access.by.${access}`
  // Whose it is says already that it is the own one.
  if (!access || access === 'own' || !hasText(key)) return null
  return <Badge tone={access === 'emergency' ? 'danger' : 'neutral'}>{t(key)}</Badge>
}
