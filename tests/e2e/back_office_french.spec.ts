import { test } from '@japa/runner'
import type { Assert } from '@japa/assert'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { PAGES } from '#admin/pages'
import { RESOURCES } from '#admin/resources'
import { newUuid } from '#app/core/ids'
import { rewrapKeys } from '#app/keys/start_rotation'
import { callerOf, someone } from '#tests/acting'
import { DESKTOP, openBrowser, PHONE, pictureOf } from '#tests/browser'
import { builtBackOffice, officeAddress } from '#tests/e2e/back_office_door'
import { foreignTexts, watched } from '#tests/e2e/back_office_texts'
import { overflow, seriousFindings, signedIn } from '#tests/e2e/prepared_device'
import { exampleWorld } from '#tests/functional/api/example_world'
import { patientOf } from '#tests/functional/charts/some_chart'
import { requested } from '#tests/functional/erasure/some_erasure'

const BOTH = { phone: PHONE, desktop: DESKTOP }
const NARROW = { phone: PHONE }

/* Whatever the registries hold is looked at, with the rows of the world that the API's examples speak of. */
test.group('In French, for everybody to use, from the dictionary or from data', (group) => {
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let seen: ReturnType<typeof watched>
  group.setup(async () => {
    await exampleWorld()
    await requested(await patientOf(await someone('doctor')))
    await rewrapKeys(callerOf(), {})
    await builtBackOffice()
    browser = await openBrowser()
    return () => browser.close()
  })
  group.each.timeout(120_000)
  group.each.setup(async () => {
    const admin = await someone('admin')
    context = await browser.newContext({ locale: 'fr-FR', timezoneId: 'Africa/Abidjan', viewport: PHONE })
    await signedIn(context, admin, officeAddress())
    page = await context.newPage()
    seen = watched(page)
    seen.data.add(admin.name)
    return () => context.close()
  })

  async function looked(assert: Assert, name: string, sizes: Partial<typeof BOTH> = NARROW) {
    for (const [form, size] of Object.entries(sizes)) {
      if (page.viewportSize()!.width !== size.width) {
        await page.setViewportSize(size)
        // The menu slides.
        await page.waitForTimeout(300)
      }
      await page.screenshot({ path: await pictureOf(`admin-french-${name}-${form}`) })
      assert.deepEqual(await seriousFindings(page), [], `${name} ${form}`)
      assert.isAtMost(await overflow(page), 0, `${name} ${form}`)
      assert.deepEqual(await foreignTexts(page, seen.data), [], `${name} ${form}`)
    }
    await page.setViewportSize(PHONE)
  }

  /** The forms of what may be done here. */
  async function lookedAtForms(assert: Assert, name: string) {
    const links = await page.locator('.mi-header a.mi-button').all()
    const paths = await Promise.all(links.map((link) => link.getAttribute('href')))
    for (const path of paths) {
      await page.goto(new URL(path!, officeAddress()).href)
      await page.locator('#app form').first().waitFor()
      await looked(assert, `${name}-${path!.split('/').at(-1)}`)
    }
  }

  for (const { id } of RESOURCES)
    test(`is the list of ${id}, its filter, a row of it and what is done there`, async ({ assert }) => {
      const list = officeAddress(`/resources/${id}`)
      await page.goto(list)
      await page.locator('.mi-table tbody tr').first().waitFor()
      await looked(assert, id, BOTH)
      const row = await page.locator('.mi-table tbody a').first().getAttribute('href')
      const filter = page.getByRole('button', { name: /^Filtre/ })
      if (await filter.count()) {
        await filter.click()
        await page.locator('dialog form').waitFor()
        await looked(assert, `${id}-filter`)
        await page.keyboard.press('Escape')
      }
      await lookedAtForms(assert, id)
      await page.goto(new URL(row!, officeAddress()).href)
      await page.locator('.mi-detail').first().waitFor()
      await looked(assert, `${id}-detail`, BOTH)
      await lookedAtForms(assert, `${id}-detail`)
      assert.deepEqual(seen.complaints, [])
    })

  for (const { id } of PAGES)
    test(`is the page ${id}`, async ({ assert }) => {
      await page.goto(officeAddress(`/pages/${id}`), { waitUntil: 'networkidle' })
      await looked(assert, id, BOTH)
      assert.deepEqual(seen.complaints, [])
    })

  test('is the first page', async ({ assert }) => {
    await page.goto(officeAddress(), { waitUntil: 'networkidle' })
    await looked(assert, 'dashboard', BOTH)
    assert.deepEqual(seen.complaints, [])
  })

  const nowhere = {
    'no page': '/pages/none',
    'no resource': '/resources/none',
    'no action': '/resources/users/actions/none',
    'no record': `/resources/users/records/${newUuid()}/show`,
  }
  for (const [name, path] of Object.entries(nowhere))
    test(`is what is said where there is ${name}`, async ({ assert }) => {
      await page.goto(officeAddress(path), { waitUntil: 'networkidle' })
      await looked(assert, name.replace(' ', '-'))
    })

  test('is the name of a role where it is a title, and the second of an entry of the audit', async ({ assert }) => {
    await page.goto(officeAddress('/resources/roles'))
    await page.getByRole('link', { name: 'Infirmerie' }).click()
    await page.getByRole('heading', { name: 'Infirmerie', exact: true }).waitFor()
    await page.goto(officeAddress('/resources/audit_logs'))
    const instant = await page.locator('tbody time').first().textContent()
    assert.match(instant!, /^\d{1,2} \S+ \d{4}(,| à) \d{2}:\d{2}:\d{2}$/)
  })

  test('is the matrix, whose heads stay where one scrolls', async ({ assert }) => {
    await page.goto(officeAddress('/pages/permissions'))
    const last = page.locator('.mi-matrix tbody tr').last().locator('input').last()
    await last.scrollIntoViewIfNeeded()
    const [box, head, side] = await Promise.all(
      ['.mi-matrix', '.mi-matrix thead th:last-child', '.mi-matrix tbody tr:last-child th'].map((selector) =>
        page.locator(selector).last().boundingBox()
      )
    )
    assert.approximately(head!.y, box!.y, 2)
    assert.approximately(side!.x, box!.x, 2)
    await page.screenshot({ path: await pictureOf('admin-french-matrix-scrolled') })
  })
})
