import type { ComponentChildren } from 'preact'
import type { Standing } from '#pwa/device/types'
import { Icon, type IconName } from '#pwa/design/icon'
import type { Tone } from '#pwa/design/tone'
import { t } from '#pwa/texts/t'

export function Badge({ tone, children }: { tone: Tone | 'neutral'; children: ComponentChildren }) {
  return <span class={`badge badge-${tone}`}>{children}</span>
}

const STANDINGS: Record<Standing, { icon: IconName; tone: Tone | 'neutral' }> = {
  sent: { icon: 'check', tone: 'success' },
  waiting: { icon: 'clock', tone: 'neutral' },
  refused: { icon: 'danger', tone: 'danger' },
  conflict: { icon: 'conflict', tone: 'warning' },
}

/** Where a record of this device stands, by picture and word. */
export function StandingBadge({ standing }: { standing: Standing }) {
  const { icon, tone } = STANDINGS[standing]
  return (
    <Badge tone={tone}>
      <Icon name={icon} size={16} />
      {t(`common.standing.${standing}`)}
    </Badge>
  )
}
