import { mkdir } from 'node:fs/promises'
import chromium from '@sparticuz/chromium'
import { chromium as driver, type Browser } from 'playwright-core'

const QUIET = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync']

/** The Chromium that comes inside an npm package: a test needs nothing of the machine but its processor. */
export async function openBrowser(): Promise<Browser> {
  return driver.launch({
    executablePath: await chromium.executablePath(),
    // In a single process, as the package suggests for its own purpose, closing one page ends them all.
    args: [...chromium.args.filter((arg) => arg !== '--single-process'), ...QUIET],
    headless: true,
  })
}

export const PHONE = { width: 360, height: 740 }
export const DESKTOP = { width: 1280, height: 800 }

/** Where a test leaves a picture of what it saw. */
export async function pictureOf(name: string): Promise<string> {
  await mkdir('tmp/pictures', { recursive: true })
  return `tmp/pictures/${name}.png`
}
