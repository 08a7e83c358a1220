import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { Browser, Page } from 'playwright-core'
import { breakGlass } from '#app/alerts/break_glass'
import { sealAudit } from '#app/audit/seal'
import { recordRefusals } from '#app/audit/record'
import { now, toSqlInstant } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { insertRows } from '#app/core/insert_rows'
import { callerOf, someone } from '#tests/acting'
import { openBrowser, PHONE, pictureOf } from '#tests/browser'
import { builtBackOffice, officeAddress, officePage } from '#tests/e2e/back_office_door'
import { foreignTexts, watched } from '#tests/e2e/back_office_texts'
import { overflow, seriousFindings } from '#tests/e2e/prepared_device'
import { patientOf, someConsultation } from '#tests/functional/charts/some_chart'

const DAY_MS = 86_400_000

const ago = (milliseconds: number) => toSqlInstant(new Date(now().getTime() - milliseconds))

async function aFailedJob(kind: string) {
  const at = ago(60_000)
  const row = { uuid: newUuid(), kind, payload: '{}', state: 'failed', problem: 'keys_unavailable', done: 3, total: 9 }
  const stamps = { not_before: at, created_at: at, updated_at: at, ended_at: at }
  await insertRows(db.connection(), 'jobs', [{ ...row, ...stamps, attempts: 10 }])
}

/** Consultations of the last days, more on some of them than on others. */
async function someActivity() {
  const doctor = await someone('doctor')
  const patient = await patientOf(doctor)
  for (const days of [0, 0, 1, 1, 1, 3, 4, 4, 6]) {
    const { id } = await someConsultation(doctor, patient)
    await db
      .from('consultations')
      .where('id', id)
      .update({ date: ago(days * DAY_MS) })
  }
  const reason = 'Arrivée inconsciente aux urgences'
  await breakGlass(callerOf(await someone('doctor')), { patient_id: patient.uuid, reason })
  const entry = { action: 'login_failed', outcome: 'refused' as const }
  await recordRefusals(
    db.connection(),
    Array.from({ length: 3 }, () => ({ caller: callerOf(), entry }))
  )
}

test.group('The dashboard of the back office, in a browser', (group) => {
  let browser: Browser
  group.setup(async () => {
    await builtBackOffice()
    browser = await openBrowser()
    return () => browser.close()
  })

  const matter = (page: Page, name: RegExp) =>
    page.getByRole('region', { name: 'À regarder' }).getByRole('link', { name })

  test('says what is wrong, leads there, and shows how much was done', async ({ assert, cleanup }) => {
    cleanup(async () => void (await db.from('jobs').delete()))
    await someActivity()
    await aFailedJob('keys.rotate_kek')
    await aFailedJob('imports.run')
    const admin = await someone('admin')
    const page = await officePage(browser, admin)
    const { complaints, data } = watched(page)
    data.add(admin.name)
    const read = async () => {
      await page.goto(officeAddress())
      await page.getByRole('heading', { name: 'Consultations par jour' }).waitFor()
    }
    await read()
    const bars = page.locator('.recharts-bar-rectangle path')
    await bars.first().waitFor()
    await page.screenshot({ path: await pictureOf('admin-dashboard-desktop'), fullPage: true })
    assert.deepEqual(await seriousFindings(page), [])
    assert.deepEqual(await foreignTexts(page, data), [])
    await page.getByRole('heading', { name: 'Connexions et refus par jour' }).scrollIntoViewIfNeeded()
    await page.screenshot({ path: await pictureOf('admin-dashboard-charts-desktop') })
    await page.setViewportSize(PHONE)
    await bars.first().waitFor()
    await page.screenshot({ path: await pictureOf('admin-dashboard-phone'), fullPage: true })
    assert.deepEqual([await overflow(page), await seriousFindings(page)], [0, []])

    const consultations = page.getByRole('region', { name: 'Consultations par jour' }).first()
    await consultations.getByText('Voir les chiffres').focus()
    await page.keyboard.press('Enter')
    const row = consultations.getByRole('row').last()
    const today = new Intl.DateTimeFormat('fr', { dateStyle: 'long', timeZone: 'UTC' }).format(now())
    assert.equal(await row.getByRole('rowheader').textContent(), today)
    assert.isAtLeast(Number(await row.getByRole('cell').textContent()), 2)
    await page.screenshot({ path: await pictureOf('admin-dashboard-figures-phone') })
    assert.deepEqual([await overflow(page), await seriousFindings(page)], [0, []])

    await matter(page, /changement de clé a échoué|changements de clé ont échoué/).click()
    await page
      .getByRole('region', { name: 'Changements en cours' })
      .getByText('Le fournisseur de clés ne répond pas.')
      .waitFor()
    await read()
    await matter(page, /travail de fond a échoué/).click()
    await page.getByRole('cell', { name: 'Import' }).waitFor()
    await read()
    await matter(page, /d’urgence à un dossier (est|sont) à examiner/).click()
    await page.locator('.mi-table tbody tr').first().waitFor()
    assert.include(page.url(), '/admin/resources/alerts?')
    await read()
    await matter(page, /connexions? refusées? depuis hier/).click()
    await page.getByText('login_failed').first().waitFor()
    assert.isAtLeast(await page.locator('.mi-table tbody tr').count(), 3)
    assert.deepEqual(complaints, [])
    await page.context().close()
  }).timeout(90_000)

  test('says that there is nothing to report where there is nothing', async ({ assert }) => {
    await db.from('alerts').where('state', 'open').update({ state: 'reviewed' })
    await db.from('jobs').delete()
    await sealAudit(db.connection())
    const user = await someone('admin')
    // What others were refused in this test's database is told to whoever reads the audit.
    await db.from('user_roles').where('user_id', user.id).delete()
    const permissions = await db
      .from('permissions')
      .whereIn('name', ['back_office.enter', 'alerts.review', 'keys.manage'])
    await db
      .table('user_permissions')
      .multiInsert(permissions.map(({ id }) => ({ user_id: user.id, permission_id: id })))
    const page = await officePage(browser, user, { viewport: PHONE })
    await page.goto(officeAddress())
    await page.getByText('Rien à signaler.').waitFor()
    assert.equal(await page.getByRole('heading', { level: 2 }).count(), 1)
    assert.deepEqual(await seriousFindings(page), [])
    await page.context().close()
  }).timeout(60_000)
})
