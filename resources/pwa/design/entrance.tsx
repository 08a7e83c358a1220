import type { ComponentChildren } from 'preact'
import { Brand } from '#pwa/design/brand'
import { LanguageSwitch } from '#pwa/design/language_switch'
import { SkipLink } from '#pwa/design/shell'

/** Around the screens of whoever is not inside yet. */
export function Entrance({ children }: { children: ComponentChildren }) {
  return (
    <div class="entrance">
      <SkipLink />
      <header class="entrance-head">
        <Brand />
        <LanguageSwitch />
      </header>
      <main id="content" class="entrance-main" tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}
