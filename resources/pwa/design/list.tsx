import type { ComponentChildren } from 'preact'
import { Icon } from '#pwa/design/icon'

export function List({ label, children }: { label?: string; children: ComponentChildren }) {
  return (
    <ul class="list" aria-label={label}>
      {children}
    </ul>
  )
}

interface ListItemProps {
  href?: string
  onClick?: () => void
  lead?: ComponentChildren
  title: ComponentChildren
  detail?: ComponentChildren
  trail?: ComponentChildren
}

/** A line of a list; with `href` or `onClick` all of it is the target, so that nothing in it may be one. */
export function ListItem({ href, onClick, lead, title, detail, trail }: ListItemProps) {
  const inside = (
    <>
      {lead ? <span class="list-lead">{lead}</span> : null}
      <span class="list-text">
        <span class="list-title">{title}</span>
        {detail ? <span class="list-detail">{detail}</span> : null}
      </span>
      {trail ? <span class="list-trail">{trail}</span> : null}
      {href ? <Icon name="next" size={20} /> : null}
    </>
  )
  return (
    <li>
      {href ? (
        <a class="list-item" href={href}>
          {inside}
        </a>
      ) : onClick ? (
        <button type="button" class="list-item" onClick={onClick}>
          {inside}
        </button>
      ) : (
        <div class="list-item">{inside}</div>
      )}
    </li>
  )
}
