import type { ComponentChildren } from 'preact'
import type { Tone } from '#pwa/design/tone'

interface CardProps {
  title?: ComponentChildren
  children: ComponentChildren
  actions?: ComponentChildren
  tone?: Tone
}

export function Card({ title, children, actions, tone }: CardProps) {
  return (
    <section class={tone ? `card card-${tone}` : 'card'}>
      {title || actions ? (
        <div class="card-head">
          {title ? <h2>{title}</h2> : null}
          {actions ? <div class="card-actions">{actions}</div> : null}
        </div>
      ) : null}
      {children}
    </section>
  )
}
