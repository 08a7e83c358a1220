import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

interface TabsProps {
  tabs: { value: string; label: ComponentChildren }[]
  value: string
  onChange: (value: string) => void
  label?: string
  /** What the chosen tab shows. */
  children?: ComponentChildren
}

/** By the arrow keys as by a tap; only the chosen tab is in the order of the Tab key. */
export function Tabs({ tabs, value, onChange, label, children }: TabsProps) {
  const bar = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => showChosen(bar.current), [value])
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    const next = (tabs.findIndex((tab) => tab.value === value) + step + tabs.length) % tabs.length
    onChange(tabs[next]!.value)
    bar.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus()
  }
  return (
    <>
      <div class="tabs" role="tablist" aria-label={label} ref={bar} onKeyDown={move}>
        {tabs.map((tab) => (
          <button
            key={tab.value}
            type="button"
            role="tab"
            class="tab"
            aria-selected={tab.value === value}
            tabIndex={tab.value === value ? 0 : -1}
            onClick={() => onChange(tab.value)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      {children ? <div role="tabpanel">{children}</div> : null}
    </>
  )
}

/** A bar wider than a phone scrolls until the chosen tab is seen, with the edge of its neighbour; the page stays. */
function showChosen(bar: HTMLElement | null) {
  const chosen = bar?.querySelector<HTMLElement>('[aria-selected=true]')
  if (!bar || !chosen) return
  const edge = 24
  const start = chosen.offsetLeft - bar.offsetLeft - edge
  const end = start + chosen.offsetWidth + 2 * edge
  if (start < bar.scrollLeft) bar.scrollLeft = start
  else if (end > bar.scrollLeft + bar.clientWidth) bar.scrollLeft = end - bar.clientWidth
}
