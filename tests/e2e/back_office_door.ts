import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import app from '@adonisjs/core/services/app'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type User from '#app/users/user'
import { DESKTOP } from '#tests/browser'
import { signedIn } from '#tests/e2e/prepared_device'

export const officeAddress = (path = '') => `http://127.0.0.1:${process.env.PORT}/admin${path}`

/** The components as the server gives them. */
export async function builtBackOffice(): Promise<void> {
  const script = `import('./tools/build_back_office.mjs').then(({ buildBackOffice }) => buildBackOffice({ outDir: process.env.OUT_DIR }))`
  const env = { ...process.env, NODE_ENV: 'production', OUT_DIR: app.publicPath('admin') }
  await promisify(execFile)(process.execPath, ['-e', script], { env })
}

/** A page of the back office, in French, as this person has just signed in. */
export async function officePage(browser: Browser, user: User, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'fr-FR', viewport: DESKTOP, ...options })
  context.setDefaultTimeout(40_000)
  await signedIn(context, user, officeAddress())
  return context.newPage()
}

/** By Tab, to what begins like this, or is this. */
export async function reach(page: Page, text: string, steps: number, selector = 'a, button') {
  for (let step = 0; step < steps; step++) {
    await page.keyboard.press('Tab')
    const isThere = await page.evaluate(
      ([wanted, kind]) => {
        const { activeElement } = (globalThis as unknown as { document: { activeElement: Focused } }).document
        return activeElement.matches(kind!) && activeElement.textContent.trim().startsWith(wanted!)
      },
      [text, selector]
    )
    if (isThere) return
  }
  throw new Error(`Nothing that begins with ${text} takes the focus`)
}

interface Focused {
  matches(selector: string): boolean
  textContent: string
}
