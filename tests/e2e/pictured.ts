import type { Assert } from '@japa/assert'
import type { Page } from 'playwright-core'
import { DESKTOP, PHONE, pictureOf } from '#tests/browser'
import { said, type AppLanguage } from '#tests/e2e/app_texts'
import { overflow, seriousFindings } from '#tests/e2e/prepared_device'

/** In whose hands a screen is looked at: most read French on a phone. */
export interface Reader {
  language: AppLanguage
  viewport: { width: number; height: number }
  locale: string
  colorScheme?: 'light' | 'dark'
}

export const FRENCH_PHONE: Reader = { language: 'fr', viewport: PHONE, locale: 'fr-FR' }
export const ENGLISH_DESK: Reader = { language: 'en', viewport: DESKTOP, locale: 'en-GB' }

/** Takes a picture of what this reader sees, in which nothing overflows and axe finds nothing serious. */
export async function pictured(assert: Assert, page: Page, name: string, { language }: Reader = FRENCH_PHONE) {
  const as = `app-${name}-${language}`
  await page.screenshot({ path: await pictureOf(as), fullPage: true })
  assert.deepEqual(await seriousFindings(page), [], as)
  assert.isAtMost(await overflow(page), 0, as)
}

/** Nothing keeps anybody out and nothing overflows, on a phone and on a desk, in the light and in the dark. */
export async function picturedOnBoth(assert: Assert, page: Page, name: string) {
  for (const [size, viewport] of [
    ['desktop', DESKTOP],
    ['phone', PHONE],
  ] as const) {
    await page.setViewportSize(viewport)
    await page.emulateMedia({ colorScheme: size === 'desktop' ? 'dark' : 'light' })
    await page.screenshot({ path: await pictureOf(`${name}-${size}`), fullPage: true })
    assert.deepEqual(await seriousFindings(page), [], `${name} ${size}`)
    assert.equal(await overflow(page), 0, `${name} ${size}`)
  }
}

/** A text of the app with its values in place. */
export function filled(key: string, values: Record<string, string | number>, language: AppLanguage = 'fr'): string {
  return Object.entries(values).reduce(
    (text, [name, value]) => text.replaceAll(`{${name}}`, String(value)),
    said(key, language)
  )
}
