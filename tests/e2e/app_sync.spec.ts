import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import Consultation from '#app/consultations/consultation'
import type Patient from '#app/patients/patient'
import { someone } from '#tests/acting'
import { DESKTOP, openBrowser, openKeptBrowser, PHONE, pictureOf } from '#tests/browser'
import {
  agreed,
  appAddress,
  builtApp,
  overflow,
  preparedDevice,
  seriousFindings,
  unlock,
  visit,
} from '#tests/e2e/prepared_device'
import { patientOf } from '#tests/functional/charts/some_chart'

const FRENCH = { locale: 'fr-FR', viewport: PHONE }

const writtenOf = (patient: Patient) => Consultation.query().where('patient_id', patient.id)

async function writeConsultation(page: Page, patient: Patient, reason: string) {
  await visit(page, `patients/${patient.uuid}/consultations/new`)
  await page.getByLabel('Motif').fill(reason)
  await page.getByRole('button', { name: 'Terminer' }).click()
  await page.getByText(reason).first().waitFor()
}

const waiting = (page: Page) => page.locator('.sync-indicator')

test.group('What a device writes without a network', (group) => {
  let folder: string
  let kept: BrowserContext
  group.setup(builtApp)
  group.each.timeout(90_000)
  group.each.setup(async () => {
    folder = await mkdtemp(join(tmpdir(), 'medinfo-browser-'))
    return async () => {
      await kept.close()
      await rm(folder, { recursive: true, force: true })
    }
  })

  test('outlives a reload and the restart of the browser, and is on the server once', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    kept = await openKeptBrowser(folder, FRENCH)
    let page = await preparedDevice(kept, doctor)
    await kept.setOffline(true)
    await visit(page, `patients/${patient.uuid}/consultations/new`)
    await page.getByLabel('Motif').fill('Fièvre depuis trois jours')
    await page.getByText('Brouillon gardé').waitFor()

    await page.reload()
    await unlock(page)
    await page.getByText('Brouillon du').waitFor()
    assert.equal(await page.getByLabel('Motif').inputValue(), 'Fièvre depuis trois jours')
    await page.getByRole('button', { name: 'Terminer' }).click()
    await page.getByText('Fièvre depuis trois jours').first().waitFor()
    assert.lengthOf(await writtenOf(patient), 0)

    await kept.close()
    kept = await openKeptBrowser(folder, FRENCH)
    await kept.setOffline(true)
    page = kept.pages()[0]!
    await page.goto(appAddress('outbox'))
    await unlock(page)
    await page.getByText('1 élément à envoyer').or(waiting(page)).first().waitFor()
    await page.getByText('Fièvre depuis trois jours').waitFor()
    await page.screenshot({ path: await pictureOf('app-outbox-offline-phone'), fullPage: true })

    await kept.setOffline(false)
    await page.getByText('Tout est envoyé').waitFor()
    const written = await writtenOf(patient)
    assert.lengthOf(written, 1)
    assert.equal(written[0]!.status, 'finished')
  })
})
