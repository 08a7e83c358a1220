import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import type { Browser } from 'playwright-core'
import SecurityHeadersMiddleware from '#app/http/security_headers_middleware'
import { openBrowser } from '#tests/browser'

const address = `http://127.0.0.1:${process.env.PORT}/with-something-inline`

test.group('What stands inline in a page', (group) => {
  let browser: Browser
  group.setup(async () => {
    browser = await openBrowser()
    return () => browser.close()
  })

  /** Whether the browser runs the script, takes the style, and what it complains of, where both carry this nonce. */
  async function shown(nonceOf: (own: string) => string) {
    const ctx = await testUtils.createHttpContext()
    await new SecurityHeadersMiddleware().handle(ctx, async () => {})
    const nonce = nonceOf(ctx.cspNonce)
    const inline = `<style nonce="${nonce}">p { color: rgb(1, 2, 3) }</style>
      <p onclick="this.id = 'clicked'">x</p>
      <script nonce="${nonce}">document.title = 'it ran'</script>`
    const headers = Object.fromEntries(Object.entries(ctx.response.getHeaders()).map(([k, v]) => [k, String(v)]))
    const page = await browser.newPage()
    await page.route(address, (route) =>
      route.fulfill({ headers: { ...headers, 'content-type': 'text/html' }, body: `<!doctype html>${inline}` })
    )
    await page.goto(address)
    await page.locator('p').click()
    const ran = (await page.title()) === 'it ran'
    const styled = (await page.evaluate(`getComputedStyle(document.querySelector('p')).color`)) === 'rgb(1, 2, 3)'
    const clicked = await page.locator('#clicked').count()
    await page.close()
    return { ran, styled, clicked }
  }

  test('is taken where it carries the nonce of its answer', async ({ assert }) => {
    assert.deepEqual(await shown((own) => own), { ran: true, styled: true, clicked: 0 })
  })

  test('is not taken with the nonce of another answer, or with none', async ({ assert }) => {
    const nothing = { ran: false, styled: false, clicked: 0 }
    assert.deepEqual(await shown((own) => own.split('').reverse().join('')), nothing)
    assert.deepEqual(await shown(() => ''), nothing)
  })
})
