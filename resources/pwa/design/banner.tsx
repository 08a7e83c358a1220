import type { ComponentChildren } from 'preact'
import { Icon } from '#pwa/design/icon'
import { TONES, type Tone } from '#pwa/design/tone'

interface BannerProps {
  tone: Tone
  children: ComponentChildren
  action?: ComponentChildren
}

/** Something to know; what goes wrong is said at once, the rest when there is a pause. */
export function Banner({ tone, children, action }: BannerProps) {
  return (
    <div class={`banner banner-${tone}`} role={tone === 'danger' ? 'alert' : 'status'}>
      <Icon name={TONES[tone]} />
      <div class="banner-text">{children}</div>
      {action ? <div class="banner-action">{action}</div> : null}
    </div>
  )
}
