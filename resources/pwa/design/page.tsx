import { createContext, type ComponentChildren } from 'preact'
import { useContext, useEffect, useRef } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Icon } from '#pwa/design/icon'
import { t } from '#pwa/texts/t'

/** What the shell puts into the bar of every page: whether there is a network, and what waits. */
export const BarContext = createContext<ComponentChildren>(null)

interface PageProps {
  title: string
  /** Where the arrow leads. */
  back?: string
  actions?: ComponentChildren
  children: ComponentChildren
}

let pagesShown = 0

export function Page({ title, back, actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  const { path } = useLocation()
  useEffect(() => {
    document.title = `${title} · MedInfo`
  }, [title])
  useEffect(() => {
    // Whoever has just opened the app is where the browser puts them; whoever went on is told where they are.
    const chosen = document.activeElement
    if (pagesShown++ > 0 && !chosen?.closest('.page-body, dialog')) heading.current?.focus({ preventScroll: true })
  }, [path])
  return (
    <>
      <header class="page-bar">
        {back ? (
          <a class="page-back" href={back} aria-label={t('common.back')}>
            <Icon name="back" />
          </a>
        ) : null}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <div class="page-actions">
          {actions}
          {useContext(BarContext)}
        </div>
      </header>
      <div class="page-body">{children}</div>
    </>
  )
}
