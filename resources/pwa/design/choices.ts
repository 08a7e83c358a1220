import { effect, signal } from '@preact/signals'

export type Theme = 'system' | 'light' | 'dark'
export type Contrast = 'system' | 'more'

/** How this device shows things; chosen by whoever holds it, kept outside of the encrypted store: it names nobody. */
export const theme = signal<Theme>(oneOf(chosen('theme'), ['light', 'dark']) ?? 'system')
export const contrast = signal<Contrast>(oneOf(chosen('contrast'), ['more']) ?? 'system')

export function chosen(name: string): string | null {
  try {
    return localStorage.getItem(`medinfo.${name}`)
  } catch {
    // A browser that forbids storage still shows the app, in its own way.
    return null
  }
}

export function keepChoice(name: string, value: string) {
  try {
    localStorage.setItem(`medinfo.${name}`, value)
  } catch {
    // As above: the choice holds until the page is closed.
  }
}

/** Keeps the document's looks as they are chosen, or as the system has them. */
export function showChoices() {
  const isDark = follows('(prefers-color-scheme: dark)')
  const wantsContrast = follows('(prefers-contrast: more)')
  effect(() => {
    const { dataset } = document.documentElement
    const system = isDark.value ? 'dark' : 'light'
    dataset.theme = theme.value === 'system' ? system : theme.value
    dataset.contrast = contrast.value === 'more' || wantsContrast.value ? 'more' : 'system'
  })
}

function follows(query: string) {
  const list = matchMedia(query)
  const matches = signal(list.matches)
  list.addEventListener('change', () => (matches.value = list.matches))
  return matches
}

function oneOf<T extends string>(value: string | null, allowed: readonly T[]): T | null {
  return allowed.find((one) => one === value) ?? null
}
