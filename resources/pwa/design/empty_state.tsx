import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from '#pwa/design/icon'

interface EmptyStateProps {
  icon: IconName
  title: string
  children?: ComponentChildren
}

export function EmptyState({ icon, title, children }: EmptyStateProps) {
  return (
    <div class="empty">
      <Icon name={icon} size={40} />
      <p class="empty-title">{title}</p>
      {children ? <div class="quiet">{children}</div> : null}
    </div>
  )
}
