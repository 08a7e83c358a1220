import { test } from '@japa/runner'
import type { Browser, Page } from 'playwright-core'
import { DESKTOP, openBrowser, PHONE, pictureOf } from '#tests/browser'

const address = (path: string) => `http://127.0.0.1:${process.env.PORT}${path}`
/** A call of the page, by what it says it does. */
const call = (page: Page, summary: string) => page.locator('.opblock', { hasText: summary })

test.group('The API’s document in a browser', (group) => {
  let browser: Browser
  group.setup(async () => {
    browser = await openBrowser()
    return () => browser.close()
  })

  /** Hosts that the page asks, and what it complains of: a policy that it breaks is told in the console. */
  function watch(page: Page) {
    const hosts = new Set<string>()
    const complaints: string[] = []
    page.on('request', (request) => {
      const { protocol, host } = new URL(request.url())
      if (protocol !== 'data:') hosts.add(host)
    })
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    return { hosts, complaints: () => complaints.filter((text) => !text.includes('favicon')) }
  }

  const overflow = (page: Page) =>
    page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')

  for (const [name, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
    test(`shows a call with its example on a ${name}, within the policy and without the outside`, async ({
      assert,
    }) => {
      const page = await browser.newPage({ locale: 'fr-FR', viewport })
      const { hosts, complaints } = watch(page)
      await page.goto(address('/docs'))
      const registering = call(page, 'Enregistrer un patient')
      await registering.waitFor()
      await page.screenshot({ path: await pictureOf(`docs-${name}`) })
      assert.equal(await overflow(page), 0)
      await registering.locator('.opblock-summary-control').click()
      await registering.getByText('Diallo').first().waitFor()
      await registering.screenshot({ path: await pictureOf(`docs-call-${name}`) })
      assert.equal(await overflow(page), 0)
      assert.deepEqual([...hosts], [new URL(address('/')).host])
      assert.deepEqual(complaints(), [])
      await page.close()
    })
  }

  test('stays within a phone while a call is being tried', async ({ assert }) => {
    const page = await browser.newPage({ locale: 'fr-FR', viewport: PHONE })
    await page.goto(address('/docs'))
    const registering = call(page, 'Enregistrer un patient')
    await registering.locator('.opblock-summary-control').click()
    await registering.getByRole('button', { name: 'Try it out' }).click()
    await registering.locator('textarea').first().fill('{}')
    await registering.getByRole('button', { name: 'Reset' }).waitFor()
    assert.equal(await overflow(page), 0)
    await registering.screenshot({ path: await pictureOf('docs-trying-phone') })
    await page.close()
  })

  test('lets a reader switch to English, and try a call that needs no token', async ({ assert }) => {
    const page = await browser.newPage({ locale: 'fr-FR', viewport: DESKTOP })
    const { complaints } = watch(page)
    await page.goto(address('/docs'))
    await page.getByRole('link', { name: 'English' }).click()
    const info = call(page, 'Name, version and languages of this server')
    await info.locator('.opblock-summary-control').click()
    await info.getByRole('button', { name: 'Try it out' }).click()
    await info.getByRole('button', { name: 'Execute' }).click()
    await info.getByText('"MedInfo"').first().waitFor()
    assert.deepEqual(complaints(), [])
    await page.close()
  })

  test('leads to the page of a refusal, which fits a phone', async ({ assert }) => {
    const page = await browser.newPage({ locale: 'fr-FR', viewport: PHONE })
    const { complaints } = watch(page)
    await page.goto(address('/docs'))
    await page.getByRole('link', { name: 'Les refus' }).click()
    await page.getByRole('link', { name: 'stale_version' }).click()
    assert.equal(await page.locator('h1').innerText(), 'Version dépassée')
    await page.screenshot({ path: await pictureOf('problem-phone'), fullPage: true })
    assert.equal(await overflow(page), 0)
    assert.deepEqual(complaints(), [])
    await page.close()
  })
})
