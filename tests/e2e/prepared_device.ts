import { execFile } from 'node:child_process'
import { globSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import type { BrowserContext, Page } from 'playwright-core'
import type User from '#app/users/user'
import { sessionOf } from '#tests/acting'

export const PASSPHRASE = 'baobab lune sept tambours'

export const appAddress = (path = '') => `http://127.0.0.1:${process.env.PORT}/app/${path}`

/** The bundle that the server gives; made anew where a source is newer. */
export async function builtApp(): Promise<void> {
  const index = await stat(app.publicPath('app/index.html')).catch(() => null)
  const sources = await Promise.all(globSync('resources/pwa/**/*.{ts,tsx,css,json,html}').map((file) => stat(file)))
  if (index && sources.every(({ mtimeMs }) => mtimeMs < index.mtimeMs)) return
  // In a process of its own: what is bundled while NODE_ENV is `test` is not what people get.
  const script = `import('./tools/build_pwa.mjs').then(({ buildPwa }) => buildPwa({ outDir: process.env.OUT_DIR }))`
  const env = { ...process.env, NODE_ENV: 'production', OUT_DIR: app.publicPath('app') }
  await promisify(execFile)(process.execPath, ['-e', script], { env })
}

/** A browser in which this person has just signed in, with a second factor. */
export async function signedIn(context: BrowserContext, user: User, address = appAddress()): Promise<void> {
  const { cookie } = await sessionOf(user)
  const [name, value] = cookie!.split('=')
  await context.addCookies([{ name: name!, value: value!, url: new URL(address).origin }])
}

export const devicesOf = ({ id }: User) => db.from('sync_devices').where('user_id', id)

/** A page of the app on a device that this person has prepared, with all charts on it. */
export async function preparedDevice(context: BrowserContext, user: User): Promise<Page> {
  await signedIn(context, user)
  const page = context.pages()[0] ?? (await context.newPage())
  await page.goto(appAddress())
  await prepare(page)
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)')
  await agreed(page)
  return page
}

/** Chooses the passphrase of a device that has none. */
export async function prepare(page: Page): Promise<void> {
  await typePassphrases(page, PASSPHRASE, PASSPHRASE)
  await page.locator('.shell-nav').waitFor()
}

export const unlock = (page: Page) => typePassphrases(page, PASSPHRASE)

/** Fills the fields of the form one after the other, and sends it. */
export async function typePassphrases(page: Page, ...texts: string[]): Promise<void> {
  for (const [nth, text] of texts.entries()) await page.locator('input[type=password]').nth(nth).fill(text)
  await page.locator('form button[type=submit]').click()
}

/** Waits until device and server have agreed once. */
export async function agreed(page: Page): Promise<void> {
  await visit(page, 'outbox')
  await page.locator('.outbox-agreed').filter({ hasText: /\d/ }).waitFor()
}

/** Goes to another screen as a tap on a link does: the page stays, and with it the open store. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.evaluate(
    `(() => { const link = document.createElement('a'); link.href = '/app/${path}'; document.body.append(link); link.click(); link.remove() })()`
  )
}

interface Finding {
  id: string
  impact: string | null
  nodes: { html: string }[]
}

/** What axe finds that keeps somebody from using the page. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(await readFile('node_modules/axe-core/axe.min.js', 'utf8'))
  const { violations } = (await page.evaluate('axe.run()')) as { violations: Finding[] }
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/** By how much the page is wider than its window. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
}
