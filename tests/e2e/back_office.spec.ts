import { test } from '@japa/runner'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import app from '@adonisjs/core/services/app'
import type { Browser, Page } from 'playwright-core'
import User from '#app/users/user'
import { someone } from '#tests/acting'
import { DESKTOP, openBrowser, pictureOf } from '#tests/browser'
import { signedIn } from '#tests/e2e/prepared_device'

const address = (path = '') => `http://127.0.0.1:${process.env.PORT}/admin${path}`

/** The components as the server gives them. */
async function builtBackOffice() {
  const script = `import('./tools/build_back_office.mjs').then(({ buildBackOffice }) => buildBackOffice({ outDir: process.env.OUT_DIR }))`
  const env = { ...process.env, NODE_ENV: 'production', OUT_DIR: app.publicPath('admin') }
  await promisify(execFile)(process.execPath, ['-e', script], { env })
}

test.group('The back office', (group) => {
  let browser: Browser
  group.setup(async () => {
    await builtBackOffice()
    browser = await openBrowser()
    return () => browser.close()
  })

  async function entered(page: Page, path: string) {
    await page.goto(address(path))
    await page.locator('#app section, #app form').first().waitFor()
  }

  test('an administrator closes an account after a look at its form', async ({ assert }) => {
    const [admin, colleague] = [await someone('admin'), await someone('nurse')]
    const context = await browser.newContext({ locale: 'fr-FR', viewport: DESKTOP })
    await signedIn(context, admin, address())
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    await entered(page, `/resources/users?filters.email=${encodeURIComponent(colleague.email!)}`)
    await page.getByText(colleague.email!).waitFor()
    await page.screenshot({ path: await pictureOf('admin-users-desktop') })
    await page.goto(address(`/resources/users/records/${colleague.uuid}/disable`))
    await page.getByText('Ses sessions et ses jetons prennent fin').waitFor()
    await page.screenshot({ path: await pictureOf('admin-users-disable-desktop') })
    await page.getByLabel('Motif').fill('Départ du service')
    await page.getByRole('button', { name: 'Confirmer' }).click()
    await page.getByText('Le compte est fermé.').waitFor()
    assert.isNotNull((await User.findOrFail(colleague.id)).disabledAt)
    assert.deepEqual(complaints, [])
    await context.close()
  })
})
