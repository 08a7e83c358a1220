import bowser from 'bowser'

/** What somebody recognises a browser by; null for what it does not tell. */
export interface Device {
  browser: string | null
  system: string | null
}

/** Without the system's version, of which browsers no longer tell the truth. */
export function deviceOf(userAgent: string | null): Device {
  if (!userAgent) return { browser: null, system: null }
  const { browser, os } = bowser.parse(userAgent)
  const version = /^\d+/.exec(browser.version ?? '')?.[0]
  return {
    browser: browser.name ? [browser.name, version].filter(Boolean).join(' ') : null,
    system: os.name || null,
  }
}
