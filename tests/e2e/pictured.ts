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
}

export const FRENCH_PHONE: Reader = { language: 'fr', viewport: PHONE, locale: 'fr-FR' }
export const ENGLISH_DESK: Reader = { language: 'en', viewport: DESKTOP, locale: 'en-GB' }

/** Chooses the reader's language as they would have done on an earlier visit. */
export async function readBy(page: Page, { language }: Reader): Promise<void> {
  await page.addInitScript(`localStorage.setItem('medinfo.language', '${language}')`)
}

/** Takes a picture of what this reader sees, in which nothing overflows and axe finds nothing serious. */
export async function pictured(assert: Assert, page: Page, name: string, { language }: Reader = FRENCH_PHONE) {
  const as = `app-${name}-${language}`
  await page.screenshot({ path: await pictureOf(as), fullPage: true })
  assert.deepEqual(await seriousFindings(page), [], as)
  assert.isAtMost(await overflow(page), 0, as)
}

/** A text of the app with its values in place. */
export function filled(key: string, values: Record<string, string | number>, language: AppLanguage = 'fr'): string {
  return Object.entries(values).reduce(
    (text, [name, value]) => text.replaceAll(`{${name}}`, String(value)),
    said(key, language)
  )
}
