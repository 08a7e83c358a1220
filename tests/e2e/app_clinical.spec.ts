import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { Page } from 'playwright-core'
import { overflow, seriousFindings, unlock, visit } from '#tests/e2e/prepared_device'
import { deviceOf, inBrowser } from '#tests/e2e/app_browser'
import { beginningOf, said, type AppLanguage } from '#tests/e2e/app_texts'
import { ENGLISH_DESK, FRENCH_PHONE } from '#tests/e2e/pictured'
import Consultation from '#app/consultations/consultation'
import { recordConsultation } from '#app/consultations/record_consultation'
import { assignDoctor } from '#app/doctors/assign_doctor'
import { registerPatient } from '#app/patients/register_patient'
import { prescribe } from '#app/prescriptions/prescribe'
import { addMedicalRecord } from '#app/records/add_medical_record'
import { changeSettings } from '#app/settings/change_settings'
import type User from '#app/users/user'
import { callerOf, someone } from '#tests/acting'
import { DESKTOP, pictureOf } from '#tests/browser'
import { forgetSettings, WANTED } from '#tests/functional/settings/some_settings'

let made = 0

async function patientOf(doctor: User, { allergy }: { allergy?: string } = {}) {
  const names = { family_name: `Traore${++made}`, given_name: 'Fatoumata', sex: 'female', dob: '1991-04-12' }
  const patient = await registerPatient(callerOf(doctor), names)
  if (allergy)
    await addMedicalRecord(callerOf(doctor), {
      patient_id: patient.uuid,
      type: 'allergy',
      description: allergy,
      content: { severity: 'severe', reactions: ['urticaire'] },
    })
  return patient
}

/** What a hand does, in words of the app's own texts. */
function handOn(page: Page, language: AppLanguage = 'fr') {
  const text = (key: string) => said(key, language)
  /** Its label may say after it that it is optional. */
  const field = (key: string, nth = 0) => page.getByLabel(new RegExp(`^${text(key)}( \\(|$)`)).nth(nth)
  return {
    field,
    press: (key: string) => page.getByRole('button', { name: text(key), exact: true }).click(),
    follow: (key: string) => page.getByRole('link', { name: text(key), exact: true }).click(),
    fill: (key: string, value: string) => field(key).fill(value),
    sees: (words: string) => page.getByText(words).first().waitFor(),
  }
}

/** Waits until nothing is left to send. */
const sent = (page: Page) => page.locator('.shell-nav-count').first().waitFor({ state: 'detached', timeout: 30_000 })

/** A list of the patient's chart as the server has it now. */
async function onServer(page: Page, patient: string, list: string): Promise<Record<string, unknown>[]> {
  const answer = await page.evaluate(`fetch('/api/v1/patients/${patient}/${list}').then((answer) => answer.json())`)
  return (answer as { data: Record<string, unknown>[] }).data
}

test.group('Clinical work in the app', (group) => {
  inBrowser(group)

  async function handOf(user: User, reader = FRENCH_PHONE) {
    const { context, page } = await deviceOf(user, reader)
    return { context, page, ...handOn(page, reader.language) }
  }

  test('what is typed of a consultation is there after a reload, and says since when', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const { page, field, fill, sees } = await handOf(doctor)
    await visit(page, `patients/${patient.uuid}/consultations/new`)
    await fill('consultation.reason', 'Fièvre depuis trois jours')
    await sees(beginningOf('consultation.draft_kept'))
    await page.screenshot({ path: await pictureOf('app-clinical-new-phone'), fullPage: true })
    await page.reload()
    await unlock(page)
    await sees(beginningOf('consultation.draft_since'))
    assert.equal(await field('consultation.reason').inputValue(), 'Fièvre depuis trois jours')
    assert.lengthOf(await Consultation.query().where('patient_id', patient.id), 0)
  })

  test('a visit without a network, its signs and its medicine, is on the server once there is one', async ({
    assert,
  }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const { context, page, press, follow, fill, sees } = await handOf(doctor)
    await visit(page, `patients/${patient.uuid}/consultations/new`)
    await page.getByRole('heading', { level: 1, name: said('consultation.new') }).waitFor()
    await context.setOffline(true)
    await fill('consultation.reason', 'Céphalées')
    await press('consultation.add_vitals')
    await fill('record.sign.systolic', '148')
    await fill('record.sign.diastolic', '92')
    await fill('record.sign.temperature', '37,4')
    await page.screenshot({ path: await pictureOf('app-clinical-vitals-phone'), fullPage: true })
    assert.deepEqual(await seriousFindings(page), [])
    assert.isAtMost(await overflow(page), 0)
    await press('record.save')
    await sees('148/92 mmHg')
    await follow('consultation.add_prescription')
    await fill('prescription.medicine', 'Amlodipine 5 mg, comprimé')
    await fill('prescription.dosage', '1 comprimé le matin')
    await fill('prescription.duration', '30 jours')
    await press('prescription.save')
    await sees('Amlodipine 5 mg')
    await fill('consultation.diagnosis', 'Hypertension artérielle')
    await fill('consultation.diagnosis_code', 'I10')
    await press('consultation.finish')
    await sees(said('consultation.status.finished'))
    await page.screenshot({ path: await pictureOf('app-clinical-visit-phone'), fullPage: true })
    assert.deepEqual(await seriousFindings(page), [])
    assert.isAtMost(await overflow(page), 0)
    assert.lengthOf(await Consultation.query().where('patient_id', patient.id), 0, 'nothing was sent')

    await context.setOffline(false)
    await sent(page)
    const [consultation, ...others] = await onServer(page, patient.uuid, 'consultations')
    assert.lengthOf(others, 0)
    const written = { reason: 'Céphalées', diagnosis: 'Hypertension artérielle', diagnosis_code: 'I10' }
    assert.containSubset(consultation, { ...written, status: 'finished' })
    const [signs] = await onServer(page, patient.uuid, 'medical-records')
    assert.containSubset(signs, {
      type: 'vital_signs',
      consultation_id: consultation!.id,
      content: {
        measurements: [
          { code: '8480-6', code_system: 'LOINC', value: 148, unit: 'mm[Hg]' },
          { code: '8462-4', value: 92, unit: 'mm[Hg]' },
          { code: '8310-5', value: 37.4, unit: 'Cel' },
        ],
      },
    })
    const [prescription] = await onServer(page, patient.uuid, 'prescriptions')
    assert.containSubset(prescription, { medicine: 'Amlodipine 5 mg, comprimé', consultation_id: consultation!.id })
  })

  test('a medicine to which the patient is allergic asks for a reason, offline too, and the server takes it', async ({
    assert,
  }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor, { allergy: 'Pénicilline' })
    const look = { ...ENGLISH_DESK, colorScheme: 'dark' } as const
    const { context, page, press, follow, fill, sees } = await handOf(doctor, look)
    await visit(page, `patients/${patient.uuid}/consultations/new`)
    await fill('consultation.reason', 'Sore throat')
    await press('consultation.keep')
    await follow('consultation.add_prescription')
    await page.getByRole('heading', { level: 1, name: said('prescription.new', 'en') }).waitFor()
    await context.setOffline(true)
    await fill('prescription.medicine', 'Amoxicillin 500 mg capsule')
    await sees('Known allergy: Pénicilline')
    await press('prescription.save')
    await sees(said('prescription.needs_override', 'en'))
    await page.locator('textarea:focus').waitFor()
    await page.screenshot({ path: await pictureOf('app-clinical-allergy-desktop-dark'), fullPage: true })
    assert.deepEqual(await seriousFindings(page), [])
    await fill('prescription.override_reason', 'Tolerated twice since, no other medicine here')
    await press('prescription.save')
    await sees('Amoxicillin 500 mg capsule')
    await context.setOffline(false)
    await sent(page)
    const [prescription] = await onServer(page, patient.uuid, 'prescriptions')
    assert.include(prescription!.override_reason as string, 'Tolerated twice')
  })

  test('a nurse writes no diagnosis, and measures', async ({ assert }) => {
    const nurse = await someone('nurse')
    const patient = await patientOf(nurse)
    const { page, field, press, fill, sees } = await handOf(nurse)
    await visit(page, `patients/${patient.uuid}/consultations/new`)
    await sees(said('consultation.no_diagnosis'))
    assert.equal(await field('consultation.diagnosis').count(), 0)
    await field('consultation.template').selectOption('child')
    await fill('consultation.reason', 'Enfant amené pour toux')
    await press('consultation.finish')
    await sees(said('consultation.status.finished'))
    await sent(page)
    const [consultation] = await onServer(page, patient.uuid, 'consultations')
    assert.containSubset(consultation, { reason: 'Enfant amené pour toux', diagnosis: null })
    assert.include(consultation!.notes as string, 'Signes généraux de danger')
  })

  test('a prescription is printed with clinic, patient, prescriber, medicines and room to sign', async ({
    assert,
    cleanup,
  }) => {
    cleanup(forgetSettings)
    await changeSettings(callerOf(), { ...WANTED, reason: 'Nouveau nom' })
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const { context, page, press, follow, fill, sees } = await handOf(doctor, { ...FRENCH_PHONE, viewport: DESKTOP })
    await visit(page, `patients/${patient.uuid}/consultations/new`)
    await fill('consultation.reason', 'Fièvre')
    await press('consultation.add_prescription')
    for (const medicine of ['Artéméther 20 mg + luméfantrine 120 mg', 'Paracétamol 500 mg']) {
      await fill('prescription.medicine', medicine)
      await fill('prescription.dosage', '4 comprimés matin et soir')
      await fill('prescription.duration', '3 jours')
      await press('prescription.save_and_next')
      await sees(said('prescription.done').replace('{medicine}', medicine))
    }
    await page.locator('.page-back').click()
    await context.setOffline(true)
    await follow('consultation.print_all')
    await page.locator('.paper').waitFor()
    await page.screenshot({ path: await pictureOf('app-clinical-print-desktop'), fullPage: true })
    await page.emulateMedia({ media: 'print' })
    await page.screenshot({ path: await pictureOf('app-clinical-print-paper'), fullPage: true })
    const paper = await page.locator('.paper').innerText()
    const header = [WANTED.name, ...WANTED.address, WANTED.phone, ...WANTED.header]
    const expected = [...header, `TRAORE${made} Fatoumata`, doctor.name, 'Paracétamol 500 mg', 'Artéméther']
    for (const text of [...expected, said('prescription.print.signature')]) assert.include(paper, text)
    for (const part of ['.shell-nav', '.page-bar h1', '.print-choice'])
      assert.isFalse(await page.locator(part).first().isVisible(), `${part} is not printed`)
  })

  test('a laboratory enters several results in one go, and validates one of them', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const { page, field, press, fill, sees } = await handOf(await someone('lab'))
    await visit(page, `patients/${patient.uuid}/labs/new`)
    await field('lab.common').selectOption('haemoglobin')
    await fill('lab.result', '9,4')
    await fill('lab.reference_range', '12–16')
    await sees(said('lab.flag_suggested').replace('{flag}', said('lab.flag.L')))
    await field('lab.flag').selectOption('L')
    await press('lab.more')
    await field('lab.common', 1).selectOption('malaria_rapid')
    await field('lab.result', 1).fill('Négatif')
    await page.screenshot({ path: await pictureOf('app-clinical-lab-phone'), fullPage: true })
    assert.deepEqual(await seriousFindings(page), [])
    assert.isAtMost(await overflow(page), 0)
    await page.getByRole('button', { name: said('lab.save.other').replace('{count}', '2') }).click()
    await sent(page)
    await page.getByRole('link', { name: /9,4/ }).click()
    await press('lab.validate')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: said('lab.validate'), exact: true })
      .click()
    await sees(said('lab.status.final'))
    await sent(page)
    const results = await onServer(page, patient.uuid, 'lab-results')
    assert.lengthOf(results, 2)
    const [blood] = results.filter(({ code }) => code === '718-7')
    assert.containSubset(blood, { result: '9,4', value: '9.4', unit: 'g/dL', flag: 'L', status: 'final' })
    assert.containSubset(
      results.find(({ code }) => code === '70569-9'),
      { result: 'Négatif', value: null, status: 'preliminary' }
    )
  })

  test('in an emergency a chart opens with a reason, on line only, and says that it is watched', async ({ assert }) => {
    const patient = await patientOf(await someone('doctor'), { allergy: 'Latex' })
    const { context, page, press, follow, fill, sees } = await handOf(await someone('doctor'))
    await visit(page, `patients/${patient.uuid}/emergency`)
    await sees(said('emergency.watched'))
    await context.setOffline(true)
    await sees(said('emergency.offline'))
    assert.isTrue(await page.getByRole('button', { name: said('emergency.open') }).isDisabled())
    await context.setOffline(false)
    await page.getByText(said('emergency.offline')).waitFor({ state: 'detached' })
    await press('emergency.open')
    await sees(said('emergency.needs_reason'))
    await page.screenshot({ path: await pictureOf('app-clinical-emergency-phone'), fullPage: true })
    assert.deepEqual(await seriousFindings(page), [])
    await fill('emergency.reason', 'Arrivée inconsciente')
    await press('emergency.open')
    await sees(beginningOf('emergency.until'))
    await follow('emergency.to_chart')
    await sees('Latex')
  })

  test('a correction sends what changed, a medicine is stopped, and a cancellation has its reason', async ({
    assert,
  }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const visited = { patient_id: patient.uuid, date: '2026-03-02T09:00:00Z', reason: 'Toux', notes: 'Sèche' }
    const { uuid } = await recordConsultation(callerOf(doctor), visited)
    await prescribe(callerOf(doctor), { consultation: uuid, medicine: 'Codéine' })
    const { page, press, fill, sees } = await handOf(doctor)
    await visit(page, `patients/${patient.uuid}/consultations/${uuid}`)
    await press('consultation.correct')
    await fill('consultation.notes', 'Grasse depuis hier')
    await press('consultation.save')
    await sees('Grasse depuis hier')
    await page.getByRole('link', { name: /Codéine/ }).click()
    await press('prescription.stop')
    await press('prescription.stop_confirm')
    await sees(said('prescription.status.stopped'))
    await visit(page, `patients/${patient.uuid}/consultations/${uuid}`)
    await press('consultation.cancel')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(said('consultation.cancel_reason')).fill('Saisie chez le mauvais patient')
    assert.deepEqual(await seriousFindings(page), [])
    await page.screenshot({ path: await pictureOf('app-clinical-cancel-phone') })
    await dialog.getByRole('button', { name: said('consultation.cancel_confirm') }).click()
    await sees(said('consultation.status.cancelled'))
    await sent(page)
    const [consultation] = await onServer(page, patient.uuid, 'consultations')
    assert.containSubset(consultation, {
      ...{ reason: 'Toux', notes: 'Grasse depuis hier', status: 'cancelled' },
      cancel_reason: 'Saisie chez le mauvais patient',
    })
    const [medicine] = await onServer(page, patient.uuid, 'prescriptions')
    assert.equal(medicine!.status, 'stopped')
  })

  test('a colleague who corrects too late says it by an addendum, and nothing of it is lost', async ({ assert }) => {
    const [author, colleague] = [await someone('doctor'), await someone('doctor')]
    const patient = await patientOf(author)
    await assignDoctor(callerOf(), { doctor_id: colleague.uuid, patient_id: patient.uuid })
    const visited = { patient_id: patient.uuid, date: '2026-03-02T09:00:00Z', reason: 'Toux' }
    const { uuid, id } = await recordConsultation(callerOf(author), visited)
    await db.from('consultations').where('id', id).update({ created_at: '2026-03-02 09:00:00.000' })
    const { page, press, fill, sees } = await handOf(colleague)
    await visit(page, `patients/${patient.uuid}/consultations/${uuid}`)
    await sees(said('consultation.window_over'))
    await press('consultation.correct_anyway')
    await fill('consultation.notes', 'Contact tuberculeux dans la famille')
    await press('consultation.save')
    await sees(said('consultation.addendum_offered'))
    await page.screenshot({ path: await pictureOf('app-clinical-addendum-phone'), fullPage: true })
    assert.deepEqual(await seriousFindings(page), [])
    await page.locator('.card-warning').getByRole('button').click()
    await page.getByText(said('consultation.addendum_offered')).waitFor({ state: 'detached' })
    await sent(page)
    const [consultation] = await onServer(page, patient.uuid, 'consultations?include=addenda')
    assert.isNull(consultation!.notes)
    assert.containSubset(consultation!.addenda, [{ text: 'Contact tuberculeux dans la famille' }])
  })
})
