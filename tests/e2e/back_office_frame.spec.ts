import { test } from '@japa/runner'
import type { Browser, Page } from 'playwright-core'
import { moveClock } from '#app/core/clock'
import User from '#app/users/user'
import { someone } from '#tests/acting'
import { DESKTOP, openBrowser, PHONE, pictureOf } from '#tests/browser'
import { builtBackOffice, officeAddress } from '#tests/e2e/back_office_door'
import { foreignTexts, watched } from '#tests/e2e/back_office_texts'
import { overflow, seriousFindings, signedIn } from '#tests/e2e/prepared_device'

const HOSTILE = '<img src=x onerror="window.pwned=1"><b>N\'Dri & "Ko"</b>'

test.group('The frame of the back office', (group) => {
  let browser: Browser
  group.setup(async () => {
    await builtBackOffice()
    browser = await openBrowser()
    return () => browser.close()
  })
  group.each.teardown(() => moveClock(0))

  async function opened(viewport = DESKTOP) {
    const admin = await someone('admin')
    const context = await browser.newContext({ locale: 'fr-FR', timezoneId: 'Africa/Abidjan', viewport })
    await signedIn(context, admin, officeAddress())
    const page = await context.newPage()
    const seen = watched(page)
    seen.data.add(admin.name)
    return { admin, page, ...seen, close: () => context.close() }
  }

  const listed = async (page: Page, path: string) => {
    await page.goto(officeAddress(path))
    await page.locator('.mi-table tbody tr').first().waitFor()
  }

  test('what is stored shows as text, wide and narrow, and nothing is asked of another site', async ({ assert }) => {
    const { page, data, complaints, addresses, close } = await opened()
    const hostile = await someone('nurse')
    await User.query().where('id', hostile.id).update({ name: HOSTILE })
    const looked = async (name: string) => {
      for (const [form, size] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
        await page.setViewportSize(size)
        await page.waitForTimeout(300)
        await page.screenshot({ path: await pictureOf(`admin-frame-${name}-${form}`) })
        assert.deepEqual(await seriousFindings(page), [], `${name} ${form}`)
        assert.isAtMost(await overflow(page), 0, `${name} ${form}`)
        assert.deepEqual(await foreignTexts(page, data), [], `${name} ${form}`)
      }
      await page.setViewportSize(DESKTOP)
    }
    data.add(HOSTILE)
    await page.goto(officeAddress(`/resources/users?filters.name=${encodeURIComponent(HOSTILE)}`))
    await page.getByRole('link', { name: HOSTILE }).waitFor()
    await page.getByRole('button', { name: 'Filtres (1)' }).click()
    assert.equal(await page.locator('dialog input[name=name]').inputValue(), HOSTILE)
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: HOSTILE }).click()
    await page.getByRole('heading', { name: HOSTILE }).waitFor()
    await looked('hostile-detail')
    await page.getByRole('link', { name: 'Fermer le compte' }).click()
    await page.getByLabel('Motif').fill(HOSTILE)
    await looked('hostile-form')
    await page.getByRole('button', { name: 'Confirmer' }).click()
    await page.getByText('Le compte est fermé.').waitFor()
    assert.isNotNull((await User.findOrFail(hostile.id)).disabledAt)
    assert.isUndefined(await page.evaluate(`window.pwned`))
    assert.deepEqual(complaints, [])
    const { origin } = new URL(officeAddress())
    assert.deepEqual(
      [...addresses].filter((address) => !address.startsWith(`${origin}/`)),
      []
    )
    await close()
  }).timeout(180_000)

  test('the keyboard alone sorts, narrows, opens and comes back', async ({ assert }) => {
    const { admin, page, close } = await opened()
    const focused = () => page.evaluate('document.activeElement.textContent.trim()')
    const reach = async (wanted: string) => {
      for (let step = 0; step < 60; step++) {
        await page.keyboard.press('Tab')
        if (String(await focused()).startsWith(wanted)) return
      }
      throw new Error(`Nothing that begins with ${wanted} takes the focus`)
    }
    await listed(page, '/resources/users')
    await reach('Filtre')
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')
    assert.equal(outline, 'solid')
    await page.keyboard.press('Enter')
    await page.locator('dialog form').waitFor()
    assert.isTrue(await page.evaluate(`document.activeElement.closest('dialog') !== null`))
    await page.keyboard.press('Escape')
    await page.locator('dialog form').waitFor({ state: 'detached' })
    assert.match(String(await focused()), /^Filtre/)
    await page.keyboard.press('Enter')
    await page.locator('dialog form').waitFor()
    await page.keyboard.type(admin.name)
    await page.keyboard.press('Enter')
    await page.waitForURL(/filters/)
    await page.getByRole('button', { name: 'Filtres (1)' }).waitFor()
    assert.equal(await focused(), 'Filtres (1)')
    await reach('Nom')
    await page.keyboard.press('Enter')
    await page.locator('th[aria-sort]').waitFor()
    await reach(admin.name)
    await page.keyboard.press('Enter')
    await page.locator('h1.mi-title').getByText(admin.name).waitFor()
    assert.equal(await focused(), admin.name)
    await close()
  }).timeout(60_000)

  test('beyond what is counted the pager ends, and says that a filter narrows', async ({ assert }) => {
    const { page, close } = await opened()
    await page.route(/actions\/list/, async (route) => {
      const answer = await route.fetch()
      const body = await answer.json()
      Object.assign(body.meta, { total: 10_001 })
      await route.fulfill({ response: answer, json: body })
    })
    await listed(page, '/resources/users')
    assert.match((await page.locator('h1.mi-title').textContent())!, /^Utilisateurs 10\s000\+$/)
    await page.getByRole('button', { name: 'Dernière' }).click()
    await page.getByText('Page 400 sur 400').waitFor()
    await page.getByText(/un filtre la resserre/).waitFor()
    assert.equal(await page.getByRole('button', { name: 'Suivante' }).getAttribute('aria-disabled'), 'true')
    await close()
  }).timeout(60_000)

  test('a part that breaks says so in French, and the menu stays', async ({ assert }) => {
    const { page, data, close } = await opened()
    await page.route(/api\/pages\/permissions/, (route) => route.fulfill({ json: { permissions: 'broken' } }))
    await page.goto(officeAddress('/pages/permissions'))
    await page.getByRole('alert').getByText('La page a rencontré une erreur. Rechargez-la.').waitFor()
    assert.deepEqual(await foreignTexts(page, data), [])
    assert.deepEqual(await seriousFindings(page), [])
    await page.getByRole('link', { name: 'Utilisateurs' }).waitFor()
    await close()
  }).timeout(60_000)

  test('the menu of the person leads to the app and to the account, and ends the session', async ({ assert }) => {
    const { admin, page, close } = await opened(PHONE)
    await listed(page, '/resources/users')
    const person = page.getByRole('button', { name: admin.name })
    await person.click()
    assert.equal(await page.getByRole('link', { name: 'L’application' }).getAttribute('href'), '/app/')
    assert.equal(await page.getByRole('link', { name: 'Mon compte' }).getAttribute('href'), '/app/me/profile')
    await page.screenshot({ path: await pictureOf('admin-frame-person-phone') })
    assert.deepEqual(await seriousFindings(page), [])
    await page.keyboard.press('Escape')
    assert.equal(await person.getAttribute('aria-expanded'), 'false')
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.locator('.mi-nav a:focus, [data-css=sidebar] a:focus').waitFor()
    await page.waitForTimeout(400)
    await page.screenshot({ path: await pictureOf('admin-frame-menu-phone') })
    assert.deepEqual(await seriousFindings(page), [])
    await page.keyboard.press('Escape')
    await page.locator('[data-css=sidebar].hidden').waitFor({ state: 'attached' })
    await person.click()
    await page.getByRole('button', { name: 'Se déconnecter' }).click()
    await page.waitForURL(/\/app\/sign-in/)
    await page.goto(officeAddress('/resources/users'))
    assert.match(page.url(), /\/app\/sign-in\?next=/)
    await close()
  }).timeout(60_000)

  test('who has to prove who they are does it by a passkey', async ({ assert }) => {
    const [admin, colleague] = [await someone('admin'), await someone('nurse')]
    const context = await browser.newContext({ locale: 'fr-FR', viewport: DESKTOP })
    // A passkey belongs to a name.
    const address = officeAddress().replace('127.0.0.1', 'localhost')
    await signedIn(context, admin, address)
    const page = await context.newPage()
    const devices = await context.newCDPSession(page)
    await devices.send('WebAuthn.enable')
    await devices.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        ...{ protocol: 'ctap2', transport: 'internal', automaticPresenceSimulation: true },
        ...{ hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
      },
    })
    await page.goto(address)
    await page.getByText('Bienvenue').waitFor()
    assert.equal(await page.evaluate(ADD_PASSKEY), 201)
    moveClock(6 * 60_000)
    await page.goto(`${address}/resources/users/records/${colleague.uuid}/disable`)
    await page.getByLabel('Motif').fill('Départ du service')
    await page.getByRole('button', { name: 'Confirmer' }).click()
    await page.getByLabel('Code à usage unique').waitFor()
    await page.screenshot({ path: await pictureOf('admin-frame-step-up-desktop') })
    assert.deepEqual(await seriousFindings(page), [])
    assert.isNull((await User.findOrFail(colleague.id)).disabledAt)
    await page.getByRole('button', { name: 'Employer une clé d’accès' }).click()
    await page.getByText('Le compte est fermé.').waitFor()
    assert.isNotNull((await User.findOrFail(colleague.id)).disabledAt)
    await context.close()
  }).timeout(60_000)
})

/** As the app does it. */
const ADD_PASSKEY = `(async () => {
  const token = decodeURIComponent(document.cookie.match(/XSRF-TOKEN=([^;]*)/)[1])
  const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': token }
  const ask = (path, body) =>
    fetch('/api/v1/me/passkeys' + path, { method: 'POST', headers, body: JSON.stringify(body) })
  const { data } = await (await ask('/options', {})).json()
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(data.options)
  const credential = (await navigator.credentials.create({ publicKey })).toJSON()
  const { status } = await ask('', { challenge_id: data.challenge_id, name: 'Portable', credential })
  return status
})()`
