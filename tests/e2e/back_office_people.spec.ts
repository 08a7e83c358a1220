import { test } from '@japa/runner'
import type { Browser, Page } from 'playwright-core'
import User from '#app/users/user'
import { someone, tokenOf } from '#tests/acting'
import { openBrowser, PHONE, pictureOf } from '#tests/browser'
import { heading, mailedPath, typePassword } from '#tests/e2e/app_door'
import { said } from '#tests/e2e/app_texts'
import { builtBackOffice, officeAddress, officePage } from '#tests/e2e/back_office_door'
import { appAddress, builtApp, overflow, seriousFindings } from '#tests/e2e/prepared_device'
import { anAddress, PASSWORD } from '#tests/functional/accounts/some_account'
import { alignClock, clockAt, codeOf, giveGenerator } from '#tests/functional/factors/some_factor'

const TEN_MINUTES = 10 * 60_000

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

async function usersSeenWith(token: string): Promise<number> {
  const { origin } = new URL(officeAddress())
  return (await fetch(`${origin}/api/v1/users`, { headers: { authorization: `Bearer ${token}` } })).status
}

test.group('People in the back office, in a browser', (group) => {
  let browser: Browser
  group.setup(builtApp)
  group.setup(async () => {
    await builtBackOffice()
    browser = await openBrowser()
    return () => browser.close()
  })
  group.each.setup(alignClock)

  test('who is invited follows the link of the mail, chooses a password, and signs in', async ({ assert }) => {
    const email = anAddress()
    const page = await officePage(browser, await someone('admin'))
    await page.goto(officeAddress('/resources/users/actions/invite'))
    await page.locator('#name').fill('Awa Diallo')
    await page.locator('#email').fill(email)
    await page.getByLabel('Infirmerie').check()
    await page.getByLabel('Laboratoire').check()
    await page.locator('#language').selectOption('fr')
    await page.screenshot({ path: await pictureOf('admin-users-invite-desktop') })
    await button(page, 'Confirmer').click()
    await page.getByText('L’invitation part.').waitFor()
    const invited = await User.query().where('email', email).preload('roles').firstOrFail()
    assert.sameMembers(
      invited.roles.map(({ name }) => name),
      ['nurse', 'lab']
    )
    await page.goto(officeAddress(`/resources/users/records/${invited.uuid}/show`))
    await page.getByText('Awa Diallo').first().waitFor()
    await page.screenshot({ path: await pictureOf('admin-users-detail-desktop') })
    await page.context().close()

    const own = await browser.newContext({ locale: 'fr-FR', viewport: PHONE })
    const screen = await own.newPage()
    await screen.goto(appAddress(await mailedPath(email)))
    await screen.locator('input[name=new-password]').fill(PASSWORD)
    await screen.getByRole('button', { name: said('signed_out.new_password.submit'), exact: true }).click()
    await screen.getByText(said('signed_out.invitation.done')).waitFor()
    await screen.getByRole('link', { name: said('signed_out.sign_in.title') }).click()
    await typePassword(screen, email)
    await heading(screen, 'signed_out.enrolment.title').waitFor()
    await own.close()
  })

  test('a permission that a role is given and loses in the matrix acts on the next request', async ({ assert }) => {
    const admin = await someone('admin')
    const secret = await giveGenerator(admin)
    const token = await tokenOf(await someone('reception'))
    const page = await officePage(browser, admin)
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(String(error)))
    await page.goto(officeAddress('/pages/permissions'))
    const box = page.getByLabel('Accueil : Voir les utilisateurs', { exact: true })
    await box.waitFor()
    assert.isFalse(await box.isChecked())
    await page.screenshot({ path: await pictureOf('admin-permissions-desktop') })
    assert.deepEqual(await seriousFindings(page), [])
    assert.equal(await usersSeenWith(token), 403)

    clockAt(TEN_MINUTES)
    await box.focus()
    await page.keyboard.press('Space')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Cela concerne').waitFor()
    assert.deepEqual(await seriousFindings(page), [])
    await dialog.getByLabel('Motif').fill('L’accueil tient le registre')
    await button(page, 'Confirmer').click()
    await page.locator('#step-up-code').fill(codeOf(secret))
    assert.equal(await usersSeenWith(token), 403, 'nothing is done before the proof')
    await page.screenshot({ path: await pictureOf('admin-permissions-proof-desktop') })
    await button(page, 'Prouver et continuer').click()
    await page.getByText('La permission est donnée.').waitFor()
    assert.equal(await usersSeenWith(token), 200)

    await box.and(page.locator(':checked')).click()
    await dialog.getByLabel('Motif').fill('Le registre est rendu')
    await button(page, 'Confirmer').click()
    await page.getByText('La permission est reprise.').waitFor()
    assert.equal(await usersSeenWith(token), 403)

    await page.getByLabel('Administration : Gérer les rôles', { exact: true }).click()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    assert.isTrue(await page.getByLabel('Administration : Gérer les rôles', { exact: true }).isChecked())
    await page.setViewportSize(PHONE)
    await page.screenshot({ path: await pictureOf('admin-permissions-phone') })
    assert.isAtMost(await overflow(page), 0)
    assert.deepEqual(complaints, [])
    await page.context().close()
  })

  test('somebody’s session is ended and their device looked at', async ({ assert }) => {
    const [admin, nurse] = [await someone('admin'), await someone('nurse')]
    const other = await officePage(browser, nurse)
    const page = await officePage(browser, admin)
    await page.goto(officeAddress(`/resources/sessions?filters.email=${nurse.email}`))
    await page.getByText(nurse.name).first().waitFor()
    await page.screenshot({ path: await pictureOf('admin-sessions-desktop') })
    const { records } = (await page.evaluate(
      `fetch('/admin/api/resources/sessions/actions/list?filters.email=${nurse.email}').then((answer) => answer.json())`
    )) as { records: { id: string }[] }
    await page.goto(officeAddress(`/resources/sessions/records/${records[0]!.id}/end`))
    await page.locator('#reason').fill('Poste laissé ouvert')
    await button(page, 'Confirmer').click()
    await page.getByText('La session est terminée.').waitFor()
    const answer = await other.goto(appAddress('').replace('/app/', '/api/v1/session'))
    assert.equal(answer!.status(), 401)
    await page.context().close()
    await other.context().close()
  })
})
