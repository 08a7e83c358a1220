import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import type { Page } from 'playwright-core'
import Consultation from '#app/consultations/consultation'
import { unassignDoctor } from '#app/doctors/assign_doctor'
import { callerOf, someone } from '#tests/acting'
import { deviceOf, inBrowser } from '#tests/e2e/app_browser'
import { beginningOf, said } from '#tests/e2e/app_texts'
import { ENGLISH_DESK, pictured } from '#tests/e2e/pictured'
import { unlock, visit } from '#tests/e2e/prepared_device'
import { patientOf, someConsultation } from '#tests/functional/charts/some_chart'

const pull = (page: Page, language: 'fr' | 'en' = 'fr') =>
  Promise.all([
    page.waitForResponse(/\/api\/v1\/sync$/),
    page.getByRole('button', { name: said('sync.send_now', language) }).click(),
  ])

/** As a browser that has no more room for drafts, whatever is forgotten for them. */
const fill = `(() => {
  const { put } = IDBObjectStore.prototype
  window.giveRoom = () => (IDBObjectStore.prototype.put = put)
  IDBObjectStore.prototype.put = function (...told) {
    if (this.name === 'drafts') throw new DOMException('full', 'QuotaExceededError')
    return put.apply(this, told)
  }
})()`

test.group('What was begun and not saved', (group) => {
  inBrowser(group)

  test('is listed once its patient has left the device, and goes only after it was exported', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const { page } = await deviceOf(doctor, ENGLISH_DESK)
    const text = (key: string) => said(key, 'en')
    await visit(page, `patients/${patient.uuid}/consultations/new`)
    await page.getByLabel(text('consultation.notes')).fill('Begun before the handover')
    await page.getByText(beginningOf('consultation.draft_kept', 'en')).waitFor()
    await visit(page, 'outbox')
    await page.getByText(text('sync.empty.title')).waitFor()
    assert.equal(await page.getByText(text('sync.group.begun')).count(), 0)

    await unassignDoctor(callerOf(), { doctor_id: doctor.uuid, patient_id: patient.uuid })
    await pull(page, 'en')
    await page.getByText(text('sync.group.begun')).waitFor()
    await page.getByText(patient.givenName).waitFor()
    await pictured(assert, page, 'begun', ENGLISH_DESK)
    const drop = page.getByRole('button', { name: text('sync.begun.drop'), exact: true })
    assert.isTrue(await drop.isDisabled())
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: text('sync.refused.export'), exact: true }).click(),
    ])
    const file = await readFile(await download.path(), 'utf8')
    for (const word of ['Begun before the handover', patient.familyName]) assert.include(file, word)
    await drop.click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: text('sync.begun.drop') })
      .click()
    await page.getByText(text('sync.group.begun')).waitFor({ state: 'detached' })
  })

  test('can still be finished when its patient has left the device', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const { page } = await deviceOf(doctor)
    await visit(page, `patients/${patient.uuid}/consultations/new`)
    await page.getByLabel(said('consultation.notes')).fill('Vue avant la relève')
    await page.getByText(beginningOf('consultation.draft_kept')).waitFor()
    await unassignDoctor(callerOf(), { doctor_id: doctor.uuid, patient_id: patient.uuid })
    await visit(page, 'outbox')
    await pull(page)
    await page.getByText(said('sync.group.begun')).waitFor()
    await pictured(assert, page, 'begun')
    await page.getByRole('link', { name: said('sync.begun.go_on') }).click()
    await page.getByText(beginningOf('consultation.draft_since')).waitFor()
    const finish = page.getByRole('button', { name: said('consultation.finish') })
    await finish.click()
    // What is sent at once leaves the device with its patient, perhaps before it is shown.
    await finish.waitFor({ state: 'detached' })
    await visit(page, 'outbox')
    await page.getByText(said('sync.empty.title')).waitFor()
    assert.equal(await page.getByText(said('sync.group.begun')).count(), 0)
    const [written] = await Consultation.query().where('patient_id', patient.id)
    assert.equal(written?.status, 'finished')
    assert.isNotNull(written?.notes)
  })

  test('is said at the form when it cannot be kept, and what is saved then is written', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const { page } = await deviceOf(doctor)
    await visit(page, `patients/${patient.uuid}/consultations/new`)
    const notes = page.getByLabel(said('consultation.notes'))
    await notes.waitFor()
    await page.evaluate(fill)
    await notes.fill('Sans place')
    await page.getByText(said('consultation.draft_unkept')).waitFor()
    await pictured(assert, page, 'draft-unkept')
    await page.evaluate('window.giveRoom()')
    await notes.fill('De nouveau de la place')
    await page.getByText(beginningOf('consultation.draft_kept')).waitFor()
    assert.equal(await page.getByText(said('consultation.draft_unkept')).count(), 0)
    await page.evaluate(fill)
    await notes.fill('Enregistrée malgré tout')
    await page.getByText(said('consultation.draft_unkept')).waitFor()
    await page.getByRole('button', { name: said('consultation.finish') }).click()
    await page.getByText('Enregistrée malgré tout').first().waitFor()
    await visit(page, 'outbox')
    await page.getByText(said('sync.empty.title')).waitFor()
    assert.lengthOf(await Consultation.query().where('patient_id', patient.id), 1)
  })

  test('of a conflict, the choices are there after a reload, and gone once it is settled', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const { uuid } = await someConsultation(doctor, patient, { notes: 'Depuis lundi' })
    const [mine, theirs] = [await deviceOf(doctor), await deviceOf(doctor)]
    await mine.context.setOffline(true)
    for (const [{ page }, notes] of [
      [mine, 'Depuis dimanche'],
      [theirs, 'Depuis samedi'],
    ] as const) {
      await visit(page, `patients/${patient.uuid}/consultations/${uuid}`)
      await page.getByRole('button', { name: said('consultation.correct'), exact: true }).click()
      await page.getByLabel(said('consultation.notes')).fill(notes)
      await page.getByRole('button', { name: said('consultation.save'), exact: true }).click()
      await page.getByText(notes).first().waitFor()
    }
    await visit(theirs.page, 'outbox')
    await theirs.page.getByText(said('sync.empty.title')).waitFor()
    await mine.context.setOffline(false)
    const { page } = mine
    await visit(page, 'outbox')
    await page.getByText(said('sync.group.attention')).waitFor()
    await page.getByText(said('sync.what.consultations.correct')).click()
    await page.getByRole('radio', { name: new RegExp(`^${said('sync.conflict.write')}`) }).check()
    await page.getByLabel(said('sync.conflict.written')).fill('Depuis le week-end')
    await page.getByText(beginningOf('consultation.draft_kept')).waitFor()
    await page.reload()
    await unlock(page)
    assert.equal(await page.getByLabel(said('sync.conflict.written')).inputValue(), 'Depuis le week-end')
    await pictured(assert, page, 'conflict-kept')
    await page.getByRole('button', { name: said('sync.conflict.settle') }).click()
    await page.getByText(said('sync.conflict.settled.title')).waitFor()
    await page.getByText(said('sync.back_to_outbox')).click()
    await page.getByText(said('sync.empty.title')).waitFor()
    assert.deepEqual(
      (await draftKeys(page)).filter((key) => key.startsWith('conflict:')),
      []
    )
  })
})

function draftKeys(page: Page): Promise<string[]> {
  return page.evaluate(`new Promise((done) => {
    const request = indexedDB.open('medinfo')
    request.onsuccess = () => {
      const keys = request.result.transaction('drafts').objectStore('drafts').getAllKeys()
      keys.onsuccess = () => (request.result.close(), done(keys.result))
    }
  })`)
}
