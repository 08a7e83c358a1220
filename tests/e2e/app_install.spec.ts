import { test } from '@japa/runner'
import type { BrowserContext, Page } from 'playwright-core'
import { now } from '#app/core/clock'
import { someone } from '#tests/acting'
import { inKeptBrowser } from '#tests/e2e/app_browser'
import { heading, namedAddress } from '#tests/e2e/app_door'
import { said } from '#tests/e2e/app_texts'
import { appAddress, preparedDevice, unlock } from '#tests/e2e/prepared_device'
import { patientOf, someConsultation } from '#tests/functional/charts/some_chart'

interface Manifest {
  start_url: string
  display: string
  icons: { sizes: string; purpose?: string }[]
  screenshots: { src: string; sizes: string; form_factor: string; type: string }[]
}

/** Notes what moves on the page by something else than a hand, from its first moment on. */
const WATCH_SHIFTS = `window.shifts = []
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput, sources } of list.getEntries())
    if (!hadRecentInput) window.shifts.push({ value, moved: sources.map(({ node }) => node?.outerHTML?.slice(0, 200)) })
}).observe({ type: 'layout-shift', buffered: true })`
const shiftsOf = (page: Page) => page.evaluate('window.shifts')

/** PNG: eight bytes, a length and a name, then width and height (https://www.w3.org/TR/png-3/#11IHDR). */
const sizeOf = (png: Buffer) => `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`

test.group('The app on a phone', (group) => {
  const browser = inKeptBrowser(group)
  let kept: BrowserContext
  // Nothing is installed from a private window, which a context of a browser is.
  group.each.setup(async () => {
    kept = await browser.start()
  })

  async function firstVisit(address = namedAddress()): Promise<Page> {
    const page = kept.pages()[0]!
    await page.addInitScript(WATCH_SHIFTS)
    await page.goto(address)
    await heading(page, 'signed_out.sign_in.title').waitFor()
    return page
  }

  test('can be installed, with its icons, its name and pictures of itself', async ({ assert }) => {
    const page = await firstVisit()
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)')
    const devtools = await kept.newCDPSession(page)
    const { errors, data, url } = await devtools.send('Page.getAppManifest')
    assert.deepEqual(errors, [])
    assert.equal(url, namedAddress('manifest.webmanifest'))
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
    assert.deepEqual(installabilityErrors, [])

    const manifest = JSON.parse(data!) as Manifest
    assert.include(manifest, { start_url: '/app/', display: 'standalone' })
    const icons = manifest.icons.map(({ sizes, purpose = 'any' }) => `${sizes} ${purpose}`)
    assert.includeMembers(icons, ['192x192 any', '512x512 any', '512x512 maskable'])
    assert.sameMembers(
      manifest.screenshots.map(({ form_factor: form }) => form),
      ['narrow', 'wide']
    )
    for (const { src, sizes, type } of manifest.screenshots) {
      const picture = await page.request.get(new URL(src, url).href)
      assert.equal(picture.headers()['content-type'], type)
      const bytes = await picture.body()
      assert.equal(sizeOf(bytes), sizes)
      assert.isAtMost(bytes.length, 60_000, src)
    }
  })

  test('opens without a network after the first visit', async ({ assert }) => {
    const page = await firstVisit()
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)')
    await kept.setOffline(true)
    await page.reload()
    await heading(page, 'signed_out.sign_in.title').waitFor()
    await page.goto(namedAddress('forgotten'))
    await heading(page, 'signed_out.forgotten.title').waitFor()
    const asked = page.evaluate(`fetch('/health/live').then(() => 'somebody', () => 'nobody')`)
    assert.equal(await asked, 'nobody', 'there is no network')
  })

  test('nothing moves while the first screen comes', async ({ assert }) => {
    const page = await firstVisit()
    await page.waitForLoadState('networkidle')
    assert.deepEqual(await shiftsOf(page), [])
  })

  test('nothing moves while the consultations of the day come', async ({ assert }) => {
    const doctor = await someone('doctor')
    for (const reason of ['Fièvre', 'Toux', 'Contrôle'])
      await someConsultation(doctor, await patientOf(doctor), { reason, date: now().toISOString(), status: 'planned' })
    const page = await preparedDevice(kept, doctor)
    await page.addInitScript(WATCH_SHIFTS)
    await page.goto(appAddress())
    await page.getByRole('heading', { name: said('lock.unlock.title') }).waitFor()
    await unlock(page)
    await page.locator('.today-group li').nth(2).waitFor()
    await page.waitForLoadState('networkidle')
    assert.deepEqual(await shiftsOf(page), [])
  })
})
