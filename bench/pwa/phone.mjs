// The packaged Chromium as a cheap phone.
import chromium from '@sparticuz/chromium'
import { chromium as driver } from 'playwright-core'

const SLOWDOWN = 4
const SCREEN = { width: 360, height: 740 }
/* See tests/browser.ts. */
const UNWANTED = new Set(['--single-process', '--disable-web-security', '--allow-running-insecure-content'])

export async function openPhone(options = {}) {
  const args = [...chromium.args.filter((arg) => !UNWANTED.has(arg)), '--no-sandbox', '--disable-background-networking']
  const browser = await driver.launch({ executablePath: await chromium.executablePath(), args, headless: true })
  const context = await browser.newContext({ viewport: SCREEN, locale: 'fr-FR', ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(180_000)
  const devtools = await context.newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN })
  return { browser, context, page, devtools }
}
