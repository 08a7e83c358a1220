import type { ComponentChildren } from 'preact'
import { Brand } from '#pwa/design/brand'
import { Icon, type IconName } from '#pwa/design/icon'
import { BarContext } from '#pwa/design/page'
import { t } from '#pwa/texts/t'

export interface Destination {
  href: string
  icon: IconName
  label: string
  /** How many things wait there, and what that is in words. */
  count?: number
  countLabel?: string
}

interface ShellProps {
  destinations: Destination[]
  path: string
  /** In the bar of every page. */
  indicator?: ComponentChildren
  banners?: ComponentChildren
  children: ComponentChildren
}

/** Around every page of whoever is inside: where one can go, and what they have to know. */
export function Shell({ destinations, path, indicator, banners, children }: ShellProps) {
  const here = destinations.filter(({ href }) => isUnder(path, href)).sort((a, b) => b.href.length - a.href.length)[0]
  return (
    <div class="shell">
      <SkipLink />
      <nav class="shell-nav" aria-label={t('common.navigation')}>
        <Brand />
        <ul>
          {destinations.map(({ href, icon, label, count, countLabel }) => (
            <li key={href}>
              <a href={href} aria-current={here?.href === href ? 'page' : undefined}>
                <span class="shell-nav-icon">
                  <Icon name={icon} />
                  {count ? (
                    <span class="shell-nav-count" aria-hidden="true">
                      {count > 99 ? '99+' : count}
                    </span>
                  ) : null}
                </span>
                <span>
                  {label}
                  {count ? <span class="only-heard"> {countLabel ?? count}</span> : null}
                </span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main id="content" class="shell-main" tabIndex={-1}>
        <BarContext.Provider value={indicator}>{children}</BarContext.Provider>
      </main>
      {banners ? <div class="shell-banners">{banners}</div> : null}
    </div>
  )
}

/** The first page stands at `/app/` alone. */
function isUnder(path: string, href: string): boolean {
  const at = href.replace(/\/+$/, '')
  return path === at || (at !== '/app' && path.startsWith(`${at}/`))
}

export function SkipLink() {
  return (
    <a
      class="skip"
      href="#content"
      onClick={(event) => {
        event.preventDefault()
        document.getElementById('content')?.focus()
      }}
    >
      {t('common.skip')}
    </a>
  )
}
