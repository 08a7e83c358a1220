import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Group } from '@japa/runner/core'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import type User from '#app/users/user'
import { openBrowser, openKeptBrowser } from '#tests/browser'
import { FRENCH_PHONE, type Reader } from '#tests/e2e/pictured'
import { builtApp, preparedDevice } from '#tests/e2e/prepared_device'

const PATIENCE_MS = 15_000

let browser: Browser
const opened: BrowserContext[] = []

/** The built app and one browser for all tests of a group; what a test opens in it is closed when the test is over. */
export function inBrowser(group: Group): void {
  group.setup(builtApp)
  group.setup(async () => {
    browser = await openBrowser()
    return () => browser.close()
  })
  group.each.teardown(async () => {
    await Promise.all(opened.splice(0).map((context) => context.close()))
  })
}

/** As the browser of somebody who was never here. */
export async function newContext(options: BrowserContextOptions): Promise<BrowserContext> {
  const context = await browser.newContext(options)
  opened.push(context)
  context.setDefaultTimeout(PATIENCE_MS)
  return context
}

/** The browser of somebody who chose this language on an earlier visit. */
export async function contextOf(reader: Reader, more: BrowserContextOptions = {}): Promise<BrowserContext> {
  const { language, ...look } = reader
  const context = await newContext({ ...look, ...more })
  await context.addInitScript(`localStorage.setItem('medinfo.language', '${language}')`)
  return context
}

/** A first page in it. */
export async function pageOf(reader: Reader = FRENCH_PHONE, more: BrowserContextOptions = {}): Promise<Page> {
  return (await contextOf(reader, more)).newPage()
}

/** A device that this person has prepared, with all charts on it. */
export async function deviceOf(
  user: User,
  reader: Reader = FRENCH_PHONE
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await contextOf(reader)
  return { context, page: await preparedDevice(context, user) }
}

/** A browser for each test of a group with a folder of its own, so that starting it again finds what it kept. */
export function inKeptBrowser(group: Group): { start(): Promise<BrowserContext> } {
  const { viewport, locale } = FRENCH_PHONE
  let folder: string
  let kept: BrowserContext | undefined
  group.setup(builtApp)
  group.each.setup(async () => {
    folder = await mkdtemp(join(tmpdir(), 'medinfo-browser-'))
    return async () => {
      await kept?.close()
      kept = undefined
      await rm(folder, { recursive: true, force: true })
    }
  })
  return {
    async start() {
      await kept?.close()
      kept = await openKeptBrowser(folder, { viewport, locale })
      kept.setDefaultTimeout(PATIENCE_MS)
      return kept
    },
  }
}
