import { test } from '@japa/runner'
import type { Browser, Page } from 'playwright-core'
import { PAGES } from '#admin/pages'
import { RESOURCES } from '#admin/resources'
import Job from '#app/jobs/job'
import { rewrapKeys } from '#app/keys/start_rotation'
import { callerOf, someone } from '#tests/acting'
import { openBrowser } from '#tests/browser'
import { builtBackOffice, officeAddress, officePage } from '#tests/e2e/back_office_door'
import { exampleWorld } from '#tests/functional/api/example_world'
import { patientOf } from '#tests/functional/charts/some_chart'
import { requested } from '#tests/functional/erasure/some_erasure'

const HOSTILE = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>'
const BROKEN = 'La page a rencontré une erreur. Rechargez-la.'

/* What a page looks things up by, or reads as an instant; a browser shows none of it as it is. */
const IS_NAME = /(^|_)(id|kind|state|type|role|permission|provider|code|format|value|component)$/
const IS_INSTANT = /^\d{4}-\d\d-\d\d/

/** The same answer in which every text that somebody may have typed is hostile. */
function poisoned(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return IS_NAME.test(key) || IS_INSTANT.test(value) ? value : HOSTILE
  if (Array.isArray(value)) return value.map((one) => poisoned(one, key))
  if (!value || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, poisoned(one, name)]))
}

function poisonedRecord(record: { params: object; title: string }) {
  return { ...record, title: HOSTILE, params: poisoned(record.params) }
}

/** Every answer of the server comes so: whatever way a text took into the database. */
async function withHostileTexts(page: Page) {
  await page.route(/\/admin\/api\//, async (route) => {
    const answer = await route.fetch()
    const body = await answer.json()
    const isPage = /\/api\/(pages\/|dashboard)/.test(route.request().url())
    if (body.record) body.record = poisonedRecord(body.record)
    if (body.records) body.records = body.records.map(poisonedRecord)
    await route.fulfill({ response: answer, json: isPage ? poisoned(body) : body })
  })
}

test.group('Whatever the texts are that are stored', (group) => {
  let browser: Browser
  let page: Page
  group.setup(async () => {
    await exampleWorld()
    await requested(await patientOf(await someone('doctor')))
    // Others have left some that nobody asked for, in which no text is anybody's.
    await Job.query().delete()
    await rewrapKeys(callerOf(await someone('admin')), {})
    await builtBackOffice()
    browser = await openBrowser()
    return () => browser.close()
  })
  group.each.timeout(60_000)
  group.each.setup(async () => {
    page = await officePage(browser, await someone('admin'))
    await withHostileTexts(page)
    return () => page.context().close()
  })

  /** What became a part of the page, and whether anything ran. */
  async function brokenOut() {
    // Whatever would run has had the time to.
    await page.waitForTimeout(100)
    return page.evaluate(() => {
      const { document, pwned } = globalThis as unknown as {
        pwned?: number
        document: { querySelectorAll(selector: string): { length: number } }
      }
      return { ran: pwned ?? 0, elements: document.querySelectorAll('img[src=x], #app script').length }
    })
  }

  for (const { id } of RESOURCES)
    test(`those of ${id} show as text, in the list and in the detail`, async ({ assert }) => {
      await page.goto(officeAddress(`/resources/${id}`))
      const link = page.locator('.mi-table tbody a').first()
      await link.waitFor()
      assert.deepEqual(await brokenOut(), { ran: 0, elements: 0 })
      await link.click()
      await page.locator('.mi-detail').getByText(HOSTILE).first().waitFor()
      assert.deepEqual(await brokenOut(), { ran: 0, elements: 0 })
      assert.equal(await page.getByText(BROKEN).count(), 0)
    })

  for (const { id } of PAGES)
    test(`those of the page ${id} show as text`, async ({ assert }) => {
      await page.goto(officeAddress(`/pages/${id}`), { waitUntil: 'networkidle' })
      assert.deepEqual(await brokenOut(), { ran: 0, elements: 0 })
      assert.equal(await page.getByText(BROKEN).count(), 0)
    })
})
