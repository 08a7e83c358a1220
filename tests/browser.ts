import { mkdir } from 'node:fs/promises'
import chromium from '@sparticuz/chromium'
import { chromium as driver, type Browser, type BrowserContext } from 'playwright-core'

const QUIET = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync']

/*
 * What the package suggests for its own purpose. In a single process, closing one page ends them all; and without the
 * security of the web, a browser neither says from which page a request comes nor keeps one site out of another.
 */
const UNWANTED = new Set(['--single-process', '--disable-web-security', '--allow-running-insecure-content'])

/** The Chromium that comes inside an npm package: a test needs nothing of the machine but its processor. */
export async function openBrowser(): Promise<Browser> {
  return driver.launch(await packaged())
}

/** The same with what it keeps in a folder, so that closing and opening it again is the restart of a browser. */
export async function openKeptBrowser(folder: string, options: object = {}): Promise<BrowserContext> {
  return driver.launchPersistentContext(folder, {
    ...(await packaged()),
    // A persistent one is incognito otherwise, and keeps nothing.
    ignoreDefaultArgs: ['--incognito'],
    ...options,
  })
}

const packaged = async () => ({
  executablePath: await chromium.executablePath(),
  args: [...chromium.args.filter((arg) => !UNWANTED.has(arg)), ...QUIET],
  headless: true,
})

export const PHONE = { width: 360, height: 740 }
export const DESKTOP = { width: 1280, height: 800 }

/** Where a test leaves a picture of what it saw. */
export async function pictureOf(name: string): Promise<string> {
  await mkdir('tmp/pictures', { recursive: true })
  return `tmp/pictures/${name}.png`
}
