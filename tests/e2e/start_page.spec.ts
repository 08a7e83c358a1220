import { test } from '@japa/runner'
import type { Browser } from 'playwright-core'
import { DESKTOP, openBrowser, PHONE, pictureOf } from '#tests/browser'

const address = () => `http://127.0.0.1:${process.env.PORT}/`

test.group('The start page in a browser', (group) => {
  let browser: Browser
  group.setup(async () => {
    browser = await openBrowser()
    return () => browser.close()
  })

  for (const [locale, lead] of [
    ['fr-FR', /dossier médical/],
    ['en-GB', /medical records/],
    ['de-DE', /dossier médical/],
  ] as const) {
    test(`speaks to a browser set to ${locale}`, async ({ assert }) => {
      const page = await browser.newPage({ locale, viewport: DESKTOP })
      await page.goto(address())
      assert.match(await page.locator('.lead').innerText(), lead)
      await page.screenshot({ path: await pictureOf(`start-${locale}`), fullPage: true })
      await page.close()
    })
  }

  test('fits a phone, leads to the API and asks nothing of the outside', async ({ assert }) => {
    const page = await browser.newPage({ locale: 'fr-FR', viewport: PHONE })
    const asked: string[] = []
    const complaints: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).host))
    page.on('console', (message) => complaints.push(message.text()))
    await page.goto(address())
    await page.screenshot({ path: await pictureOf('start-phone'), fullPage: true })
    const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    assert.equal(overflow, 0)
    assert.deepEqual([...new Set(asked)], [new URL(address()).host])
    assert.deepEqual(
      complaints.filter((text) => !text.includes('favicon')),
      []
    )
    await page.getByRole('link', { name: '/api/v1' }).click()
    assert.equal(JSON.parse(await page.locator('body').innerText()).data.name, 'MedInfo')
    await page.close()
  })
})
