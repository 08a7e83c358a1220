import { test } from '@japa/runner'
import type { Browser, Page } from 'playwright-core'
import Consultation from '#app/consultations/consultation'
import LabResult from '#app/labs/lab_result'
import Patient from '#app/patients/patient'
import User from '#app/users/user'
import { someone, tokenOf } from '#tests/acting'
import { DESKTOP, openBrowser, PHONE, pictureOf } from '#tests/browser'
import { builtBackOffice, officeAddress, officePage, reach } from '#tests/e2e/back_office_door'
import { foreignTexts, watched } from '#tests/e2e/back_office_texts'
import { overflow, seriousFindings } from '#tests/e2e/prepared_device'
import { alignClock, clockAt, codeOf, giveGenerator } from '#tests/functional/factors/some_factor'
import { fullChart } from '#tests/functional/keys/full_chart'
import { somePatient } from '#tests/functional/patients/some_patient'

const CHARTS = ['consultations', 'medical_records', 'prescriptions', 'lab_results']
const HOSTILE = '<img src=x onerror="window.pwned=1"><b>Ko</b>'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** How the API answers this doctor who asks for the chart. */
async function chartSeenBy(doctor: User, { uuid }: Patient): Promise<number> {
  const headers = { authorization: `Bearer ${await tokenOf(doctor)}` }
  const { origin } = new URL(officeAddress())
  return (await fetch(`${origin}/api/v1/patients/${uuid}/consultations`, { headers })).status
}

test.group('Patients and charts in the back office, in a browser', (group) => {
  let browser: Browser
  group.setup(async () => {
    await builtBackOffice()
    browser = await openBrowser()
    return () => browser.close()
  })
  group.each.setup(alignClock)

  test('by keyboard a doctor is assigned to a patient and opens the chart with the next request, until it is ended', async ({
    assert,
  }) => {
    const [admin, doctor, patient] = [await someone('admin'), await someone('doctor'), await somePatient()]
    await User.query().where('id', doctor.id).update({ name: 'Zita Attendue' })
    const page = await officePage(browser, admin)
    const { complaints } = watched(page)
    const press = async (name: string) => {
      await reach(page, name, 80)
      await page.keyboard.press('Enter')
    }
    const explained = async (field: string, typed: string) => {
      await page.locator(`#${field}`).waitFor()
      await reach(page, '', 40, `#${field}`)
      await page.keyboard.type(typed)
    }
    await page.goto(officeAddress('/resources/assignments'))
    await page.getByRole('heading', { name: 'Attributions' }).waitFor()
    await press('Attribuer un médecin')
    await explained('mrn', patient.mrn)
    await page.locator('#doctor option', { hasText: 'Zita Attendue' }).waitFor({ state: 'attached' })
    await reach(page, '', 3, '#doctor')
    await page.keyboard.type('Zita')
    await page.screenshot({ path: await pictureOf('admin-assignments-assign-desktop') })
    assert.deepEqual(await seriousFindings(page), [])
    assert.equal(await chartSeenBy(doctor, patient), 403)
    await press('Confirmer')
    await page.getByText('Le médecin est attribué.').waitFor()
    assert.equal(await chartSeenBy(doctor, patient), 200)

    const name = `${patient.familyName} ${patient.givenName}`
    await page.goto(officeAddress(`/resources/patients?filters.mrn=${patient.mrn}`))
    await page.getByRole('link', { name }).waitFor()
    await press(name)
    await page.getByText('Suivi par').waitFor()
    await page.getByText('Zita Attendue').first().waitFor()
    await reach(page, 'Attributions', 80, '.mi-related a')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name }).waitFor()
    await press(name)
    await page.locator('.mi-detail').first().waitFor()
    await press('Mettre fin au suivi')
    await explained('reason', 'Départ du service')
    await press('Confirmer')
    await page.getByText('Le suivi est terminé.').waitFor()
    assert.equal(await chartSeenBy(doctor, patient), 403)
    assert.deepEqual(complaints, [])
    await page.context().close()
  }).timeout(90_000)

  test('a patient leads to every list of their chart, in French, with hostile names as text, wide and narrow', async ({
    assert,
  }) => {
    const patient = await fullChart()
    await Patient.query().where('id', patient.id).update({ family_name: HOSTILE, given_name: HOSTILE })
    const [visit] = await Consultation.named(Consultation.query()).where('patient_id', patient.id)
    const [result] = await LabResult.named(LabResult.query()).where('patient_id', patient.id)
    await User.query().whereIn('id', [visit!.doctorId!, result!.performedBy!]).update({ name: HOSTILE })
    const admin = await someone('admin')
    const page = await officePage(browser, admin)
    const { complaints, data } = watched(page)
    data.add(admin.name)
    const looked = async (name: string) => {
      for (const [form, size] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
        await page.setViewportSize(size)
        await page.waitForTimeout(300)
        await page.screenshot({ path: await pictureOf(`admin-${name}-${form}`) })
        assert.deepEqual(await seriousFindings(page), [], `${name} ${form}`)
        assert.isAtMost(await overflow(page), 0, `${name} ${form}`)
        assert.deepEqual(await foreignTexts(page, data), [], `${name} ${form}`)
      }
      await page.setViewportSize(DESKTOP)
    }
    const detail = officeAddress(`/resources/patients/records/${patient.uuid}/show`)
    await page.goto(officeAddress(`/resources/patients?filters.mrn=${patient.mrn}`))
    await page.locator('.mi-table tbody a').first().waitFor()
    await looked('patients')
    await page.getByRole('button', { name: /^Filtre/ }).click()
    await page.locator('dialog form').waitFor()
    await looked('patients-filter')
    await page.goto(detail)
    await page.locator('.mi-detail').first().waitFor()
    await looked('patients-detail')
    for (const [nth, resource] of ['assignments', ...CHARTS].entries()) {
      await page.goto(detail)
      await page.locator('nav.mi-related a').nth(nth).click()
      await page.locator('.mi-table tbody tr').first().waitFor()
      assert.equal(await page.locator('.mi-table tbody tr').count(), 1, resource)
      await looked(resource)
      await page.locator('.mi-table tbody a').first().click()
      await page.locator('.mi-detail').first().waitFor()
      await looked(`${resource}-detail`)
      await page.locator('nav.mi-related').getByRole('link', { name: 'Patients' }).click()
      await page.getByText(patient.mrn).first().waitFor()
    }
    assert.isUndefined(await page.evaluate(`window.pwned`))
    assert.deepEqual(complaints, [])
    await page.context().close()
  }).timeout(180_000)

  test('a patient is retired, restored and separated from their account by who says why, and proves who they are', async ({
    assert,
  }) => {
    const [admin, owner, patient] = [await someone('admin'), await someone('patient'), await somePatient()]
    await Patient.query().where('id', patient.id).update({ user_id: owner.id })
    const secret = await giveGenerator(admin)
    const page = await officePage(browser, admin)
    await page.goto(officeAddress(`/resources/patients/records/${patient.uuid}/show`))
    for (const [action, done] of [
      ['Retirer le dossier', 'Le dossier est retiré.'],
      ['Rétablir le dossier', 'Le dossier est rétabli.'],
    ]) {
      await page.getByRole('link', { name: action }).click()
      await page.getByLabel('Motif').fill('Erreur d’inscription')
      await button(page, 'Confirmer').click()
      await page.getByText(done!).waitFor()
    }
    clockAt(10 * 60_000)
    await page.getByRole('link', { name: 'Séparer le compte' }).click()
    await page.getByLabel('Motif').fill('Compte d’une autre personne')
    await button(page, 'Confirmer').click()
    await page.locator('#step-up-code').fill(codeOf(secret))
    assert.equal((await Patient.findOrFail(patient.id)).userId, owner.id)
    await button(page, 'Prouver et continuer').click()
    await page.getByText('Le compte est séparé.').waitFor()
    assert.isNull((await Patient.findOrFail(patient.id)).userId)
    await page.context().close()
  }).timeout(60_000)
})
