import type { ButtonHTMLAttributes, ComponentChildren } from 'preact'
import { Icon, type IconName } from '#pwa/design/icon'

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'icon'> {
  kind?: 'primary' | 'quiet' | 'danger'
  type?: 'button' | 'submit'
  /** Something is under way: it says so, and is not pressed twice. */
  busy?: boolean
  icon?: IconName
  /** Leads somewhere instead of doing something. */
  href?: string
  children: ComponentChildren
}

export function Button({
  kind = 'primary',
  type = 'button',
  busy = false,
  icon,
  href,
  children,
  ...rest
}: ButtonProps) {
  const inside = (
    <>
      {busy ? <span class="spinner-wheel" aria-hidden="true" /> : icon ? <Icon name={icon} size={20} /> : null}
      <span>{children}</span>
    </>
  )
  if (href !== undefined && !rest.disabled)
    return (
      <a class={`button button-${kind}`} href={href}>
        {inside}
      </a>
    )
  const { disabled, onClick, ...others } = rest
  return (
    <button
      {...others}
      type={type}
      class={`button button-${kind}`}
      disabled={disabled}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault()
        else onClick?.(event)
      }}
    >
      {inside}
    </button>
  )
}
