import { test } from '@japa/runner'
import type { Browser } from 'playwright-core'
import { moveClock } from '#app/core/clock'
import { changeSettings } from '#app/settings/change_settings'
import { clinicNow } from '#app/settings/clinic'
import { callerOf, someone } from '#tests/acting'
import { DESKTOP, openBrowser, PHONE, pictureOf } from '#tests/browser'
import { builtBackOffice, officeAddress, officePage } from '#tests/e2e/back_office_door'
import { foreignTexts, watched } from '#tests/e2e/back_office_texts'
import { appAddress, builtApp, overflow, seriousFindings } from '#tests/e2e/prepared_device'
import { alignClock, clockAt, codeOf, giveGenerator } from '#tests/functional/factors/some_factor'
import { said } from '#tests/e2e/app_texts'
import { forgetSettings, keptSettings, WANTED } from '#tests/functional/settings/some_settings'

const HOSTILE = 'Clinique <img src=x onerror="window.pwned=1">'
const TEN_MINUTES = 10 * 60_000

test.group('The settings of the clinic, in a browser', (group) => {
  let browser: Browser
  group.setup(builtApp)
  group.setup(async () => {
    await builtBackOffice()
    browser = await openBrowser()
    return () => browser.close()
  })
  group.each.setup(alignClock)
  group.each.setup(forgetSettings)
  group.each.teardown(forgetSettings)
  group.each.teardown(() => moveClock(0))

  test('an administrator gives name, header, languages and country, proves who they are, and all follow', async ({
    assert,
  }) => {
    const admin = await someone('admin')
    const secret = await giveGenerator(admin)
    const page = await officePage(browser, admin)
    const { complaints, data } = watched(page)
    const typed = ['12, rue du Port Dakar', '12, rue du Port Dakar Agrément 123', 'Agrément 123', 'Nouveau nom']
    for (const own of [admin.name, HOSTILE, ...typed]) data.add(own)
    const looked = async (name: string) => {
      for (const [form, size] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
        await page.setViewportSize(size)
        await page.waitForTimeout(300)
        await page.screenshot({ path: await pictureOf(`admin-settings-${name}-${form}`), fullPage: true })
        assert.deepEqual(await seriousFindings(page), [], `${name} ${form}`)
        assert.isAtMost(await overflow(page), 0, `${name} ${form}`)
        assert.deepEqual(await foreignTexts(page, data), [], `${name} ${form}`)
      }
    }
    await page.goto(officeAddress('/pages/settings'))
    await page.getByLabel('Nom', { exact: true }).waitFor()
    await looked('first')

    await page.getByLabel('Nom', { exact: true }).fill(HOSTILE)
    await page.getByLabel('Adresse', { exact: true }).fill('12, rue du Port\nDakar')
    await page.getByLabel('Autres lignes d’en-tête').fill('x'.repeat(121))
    await page.getByLabel('Anglais', { exact: true }).uncheck()
    assert.isTrue(await page.getByLabel('Français', { exact: true }).isDisabled())
    await page.getByLabel('Pays des identifiants nationaux').selectOption('Sénégal')
    await page.getByLabel('Motif').fill('Nouveau nom')
    await page.getByRole('button', { name: 'Enregistrer' }).click()
    await page.locator('#header-problem').waitFor()
    await page.getByLabel('Autres lignes d’en-tête').fill('Agrément 123')

    clockAt(TEN_MINUTES)
    await page.getByRole('button', { name: 'Enregistrer' }).click()
    await page.locator('#step-up-code').fill(codeOf(secret))
    assert.deepEqual(await keptSettings(), {}, 'nothing is done before the proof')
    await looked('proof')
    await page.getByRole('button', { name: 'Prouver et continuer' }).click()
    await page.getByText('Les réglages sont enregistrés.').waitFor()
    await looked('done')
    const { name, address, header, languages, nationalIdCountry } = clinicNow()
    assert.deepEqual([name, address, header], [HOSTILE, ['12, rue du Port', 'Dakar'], ['Agrément 123']])
    assert.deepEqual([languages, nationalIdCountry], [['fr'], 'SN'])

    const { origin } = new URL(officeAddress())
    const start = await page.context().newPage()
    await start.goto(origin)
    await start.getByText(HOSTILE).first().waitFor()
    for (const each of [page, start]) assert.isUndefined(await each.evaluate('window.pwned'))
    assert.deepEqual(complaints, [])
    await page.context().close()
  }).timeout(120_000)

  test('a new device begins in the clinic’s language, and offers no other than the clinic does', async ({ assert }) => {
    const opened = async () => {
      const page = await (await browser.newContext({ viewport: PHONE })).newPage()
      await page.goto(appAddress('sign-in'), { waitUntil: 'networkidle' })
      return page
    }
    const change = (more: object) => changeSettings(callerOf(), { ...WANTED, ...more, reason: 'Ouverture' })
    await change({ languages: ['fr', 'en'], language: 'en' })
    const english = await opened()
    await english.getByText(said('signed_out.sign_in.title', 'en')).first().waitFor()
    await english.getByRole('button', { name: 'Français' }).click()
    await english.reload({ waitUntil: 'networkidle' })
    await english.getByText(said('signed_out.sign_in.title')).first().waitFor()
    await change({ languages: ['fr'], language: 'fr' })
    const french = await opened()
    await french.getByText(said('signed_out.sign_in.title')).first().waitFor()
    await french.locator('.language-switch').waitFor({ state: 'detached' })
    for (const page of [english, french]) await page.context().close()
    assert.equal(clinicNow().language, 'fr')
  }).timeout(60_000)

  test('is all done by the keyboard', async ({ assert }) => {
    const page = await officePage(browser, await someone('admin'))
    await page.goto(officeAddress('/pages/settings'))
    const name = page.getByLabel('Nom', { exact: true })
    await name.waitFor()
    await name.focus()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('Clinique du Port')
    for (let n = 0; n < 20 && !(await page.evaluate(`document.activeElement.id === 'reason'`)); n++)
      await page.keyboard.press('Tab')
    await page.keyboard.type('Nouveau nom')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('Les réglages sont enregistrés.').waitFor()
    assert.equal(clinicNow().name, 'Clinique du Port')
    await page.context().close()
  }).timeout(60_000)
})
