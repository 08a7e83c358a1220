import { test } from '@japa/runner'
import type { Page } from 'playwright-core'
import { recordConsultation } from '#app/consultations/record_consultation'
import { now } from '#app/core/clock'
import { enterLabResult } from '#app/labs/enter_lab_result'
import Patient from '#app/patients/patient'
import { correctPatient } from '#app/patients/correct_patient'
import { registerPatient } from '#app/patients/register_patient'
import { addMedicalRecord } from '#app/records/add_medical_record'
import type User from '#app/users/user'
import { callerOf, someone } from '#tests/acting'
import { DESKTOP, PHONE, pictureOf } from '#tests/browser'
import { contextOf, inBrowser } from '#tests/e2e/app_browser'
import { said } from '#tests/e2e/app_texts'
import { ENGLISH_DESK, FRENCH_PHONE, type Reader } from '#tests/e2e/pictured'
import { appAddress, overflow, preparedDevice, seriousFindings, unlock, visit } from '#tests/e2e/prepared_device'

/** Adds up by how much things on the page were moved by something else than a hand. */
const WATCH_SHIFTS = `window.shifted = 0
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.shifted += shift.value
}).observe({ type: 'layout-shift', buffered: true })`
const shifted = (page: Page) => page.evaluate('window.shifted') as Promise<number>

let made = 0
/** A family name that no other test has; letters only, as names are. */
const newName = () => `Sanogo${String.fromCodePoint(97 + (made % 26), 97 + (Math.floor(made++ / 26) % 26))}`

const patientOf = (user: User, more: object = {}) =>
  registerPatient(callerOf(user), {
    ...{ family_name: newName(), given_name: 'Aïssatou', sex: 'female', dob: '1988-04-02' },
    ...more,
  })

const PRESSURES = [
  { at: '2026-01-10T09:30:00Z', systolic: 152, diastolic: 97, weight: 71.5 },
  { at: '2026-02-10T09:30:00Z', systolic: 141, diastolic: 90, weight: 70 },
  { at: '2026-03-10T09:30:00Z', systolic: 128, diastolic: 82, weight: 69.2 },
]

/** A patient with an allergy, three takings of vital signs, three results of one test, and a consultation of today. */
async function fullChart(doctor: User) {
  const patient = await patientOf(doctor, { phone: '+221 77 123 45 67', address: '12 rue des Manguiers, Thiès' })
  const of = { patient_id: patient.uuid }
  const content = { severity: 'severe', reactions: ['urticaire'] }
  await addMedicalRecord(callerOf(doctor), { ...of, type: 'allergy', description: 'Pénicilline', content })
  const measured = (name: string, code: string, value: number, unit: string) => ({
    ...{ name, code, code_system: 'LOINC', value, unit },
  })
  for (const { at, systolic, diastolic, weight } of PRESSURES) {
    const measurements = [
      measured('Tension systolique', '8480-6', systolic, 'mm[Hg]'),
      measured('Tension diastolique', '8462-4', diastolic, 'mm[Hg]'),
      measured('Poids', '29463-7', weight, 'kg'),
    ]
    const taken = { ...of, type: 'vital_signs', description: 'Au repos', occurred_at: at, content: { measurements } }
    await addMedicalRecord(callerOf(doctor), taken)
  }
  await recordConsultation(callerOf(doctor), { ...of, date: now().toISOString(), reason: 'Fièvre', status: 'planned' })
  return patient
}

async function lookFor(page: Page, text: string) {
  await visit(page, 'patients')
  await page.locator('#patients-search').fill(text)
}

async function resultsOf(patient: Patient) {
  const lab = await someone('lab', 'doctor')
  for (const [index, value] of ['9.80', '11.20', '12.90'].entries())
    await enterLabResult(callerOf(lab), {
      ...{
        patient_id: patient.uuid,
        test_name: 'Hémoglobine',
        code: '718-7',
        code_system: 'LOINC',
        status: 'preliminary',
      },
      ...{ result: value, value, unit: 'g/dL', reference_range: '12 - 16', flag: index < 2 ? 'L' : 'N' },
      result_date: `2026-0${index + 1}-15T08:00:00Z`,
    })
}

test.group('Patients in the app', (group) => {
  inBrowser(group)

  async function deviceOf(user: User, reader = FRENCH_PHONE) {
    const context = await contextOf(reader, { timezoneId: 'UTC' })
    await context.addInitScript(WATCH_SHIFTS)
    const page = await preparedDevice(context, user)
    const text = (key: string) => said(key, reader.language)
    return {
      ...{ context, page, text },
      fill: (field: string, value: string) => page.locator(`[data-pointer="/${field}"] .control`).fill(value),
      press: (key: string) => page.getByRole('button', { name: text(key), exact: true }).click(),
      rows: () => page.locator('.list a.list-item .list-title').allTextContents(),
    }
  }
  type Device = Awaited<ReturnType<typeof deviceOf>>

  async function describe({ page, fill }: Device, identity: Record<string, string>) {
    for (const [field, value] of Object.entries(identity))
      if (field === 'sex' || field === 'national_id_country')
        await page.locator(`[data-pointer="/${field}"] select`).selectOption(value)
      else await fill(field, value)
  }

  test('whoever lacks a needed field is told at the field, and nothing is written', async ({ assert }) => {
    const doctor = await someone('doctor')
    const device = await deviceOf(doctor)
    await visit(device.page, 'patients/new')
    await device.fill('family_name', newName())
    await device.press('patients.register.submit')
    const error = device.page.locator('[data-pointer="/given_name"] .field-error')
    assert.include(await error.textContent(), device.text('patients.missing.given_name'))
    assert.equal(await device.page.evaluate(`document.activeElement.name`), 'given_name')
    assert.equal(await device.page.locator('.shell-nav-count').count(), 0, 'nothing waits')
  })

  test('a national id that the server refuses is told on the patient’s page, with the way to put it right', async ({
    assert,
  }) => {
    const doctor = await someone('doctor')
    const device = await deviceOf(doctor)
    await visit(device.page, 'patients/new')
    const identity = { family_name: newName(), given_name: 'Moussa', dob: '1970-01-05', sex: 'male' }
    await describe(device, { ...identity, national_id: '12', national_id_country: 'FR' })
    await device.press('patients.register.submit')
    const note = device.page.locator('.page-body .banner-danger')
    await note.waitFor()
    assert.match((await note.textContent())!, /\p{L}{4}/u)
    assert.match((await note.locator('a').getAttribute('href'))!, /^\/app\/outbox\/.+/)
    assert.lengthOf(await Patient.query().where('family_name', identity.family_name), 0)
  })

  test('who is known elsewhere is shown before a second record is made, and one may go back', async ({ assert }) => {
    const [doctor, colleague] = [await someone('doctor'), await someone('doctor')]
    const known = await patientOf(colleague)
    const device = await deviceOf(doctor)
    await visit(device.page, 'patients/new')
    const identity = { family_name: known.familyName, given_name: 'Aissatou', dob: '1988-04-02', sex: 'female' }
    await describe(device, identity)
    await device.press('patients.register.submit')
    const dialog = device.page.locator('dialog[open]')
    await dialog.waitFor()
    assert.include(await dialog.textContent(), known.mrn)
    assert.include(await dialog.textContent(), device.text('patients.like.name_and_birth'))
    await device.page.screenshot({ path: await pictureOf('app-patients-duplicate-phone') })
    assert.deepEqual(await seriousFindings(device.page), [])
    await device.press('patients.register.look_again')
    await dialog.waitFor({ state: 'detached' }).catch(() => dialog.waitFor({ state: 'hidden' }))
    assert.equal(await device.page.locator('[data-pointer="/family_name"] input').inputValue(), known.familyName)
    assert.lengthOf(await Patient.query().where('family_name', known.familyName), 1)
  })

  test('is found without a network by name however spelled, phone, number and date of birth, with keys alone', async ({
    assert,
  }) => {
    const doctor = await someone('doctor')
    const sought = await patientOf(doctor, { family_name: 'Ouédraogo', given_name: 'Salimata', phone: '70 11 22 33' })
    for (const given_name of ['Awa', 'Binta', 'Chantal']) await patientOf(doctor, { given_name, dob: '1975-05-05' })
    const device = await deviceOf(doctor)
    await device.context.setOffline(true)
    await visit(device.page, 'patients')
    const field = device.page.locator('#patients-search')
    await field.waitFor()
    for (const typed of ['ouedraogo', 'sali', 'Wedraogo', '70112233', sought.mrn, '02/04/1988']) {
      await field.fill(typed)
      await device.page.locator('.list a.list-item').nth(1).waitFor({ state: 'detached' })
      await device.page.locator('.list a.list-item').waitFor()
      assert.deepEqual(await device.rows(), ['OUÉDRAOGO Salimata'], typed)
    }
    assert.equal(await device.page.getByText(device.text('patients.elsewhere.offline')).count(), 1)
    await field.focus()
    await device.page.keyboard.press('ArrowDown')
    await device.page.keyboard.press('Enter')
    await device.page.getByRole('heading', { name: 'OUÉDRAOGO Salimata' }).waitFor()
    await device.page.goBack()
    assert.equal(await field.inputValue(), '02/04/1988', 'going back shows the search again')
    assert.equal(device.page.url(), appAddress('patients'), 'no address says whom somebody looked for')
    assert.notInclude(await device.page.evaluate('JSON.stringify(history.state)'), '1988')
  })

  test('a patient registered without a network waits, is warned of a likeness, and is on the server afterwards', async ({
    assert,
  }) => {
    const doctor = await someone('doctor')
    const known = await patientOf(doctor)
    const device = await deviceOf(doctor)
    await device.context.setOffline(true)
    await visit(device.page, 'patients/new')
    const identity = { family_name: known.familyName, given_name: 'Aïssatou', dob: '1988-04-02', sex: 'female' }
    await describe(device, identity)
    await device.page.getByText(device.text('patients.register.perhaps.one')).waitFor()
    await device.press('patients.register.submit')
    await device.press('patients.register.another')
    await device.page.locator('.patient-identity').getByText(device.text('common.standing.waiting')).waitFor()
    assert.lengthOf(await Patient.query().where('family_name', known.familyName), 1)
    await device.context.setOffline(false)
    await device.page
      .locator('.patient-identity')
      .getByText(device.text('common.standing.waiting'))
      .waitFor({ state: 'detached', timeout: 40_000 })
    const rows = await Patient.query().where('family_name', known.familyName)
    assert.lengthOf(rows, 2)
    assert.include(device.page.url(), rows.find(({ uuid }) => uuid !== known.uuid)!.uuid)
  })

  test('a correction made without a network is sent later, and its history tells both versions', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor, { phone: '70 00 00 01' })
    await correctPatient(callerOf(doctor), { id: patient.uuid, version: 1, phone: '70 00 00 02' })
    const device = await deviceOf(doctor)
    await device.context.setOffline(true)
    await visit(device.page, `patients/${patient.uuid}/identity`)
    await device.fill('address', 'Quartier Médine')
    await device.press('patient.correct.submit')
    await device.page.locator('.patient-identity').getByText('Quartier Médine').waitFor()
    await device.context.setOffline(false)
    await device.page
      .locator('.patient-identity')
      .getByText(device.text('common.standing.waiting'))
      .waitFor({ state: 'detached', timeout: 40_000 })
    await patient.refresh()
    assert.equal(patient.address, 'Quartier Médine')
    assert.equal(patient.phone, '70 00 00 02')
    await visit(device.page, `patients/${patient.uuid}/history/patient/${patient.uuid}`)
    await device.page.getByText('70 00 00 01').waitFor()
    const changed = await device.page.locator('.history-changed dd').allTextContents()
    assert.deepEqual(changed, ['Quartier Médine', '70 00 00 02'])
    assert.deepEqual(await seriousFindings(device.page), [])
  })

  test('the tables of vital signs and results say what was written, the latest first', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patient = await fullChart(doctor)
    await resultsOf(patient)
    const device = await deviceOf(doctor, { ...ENGLISH_DESK, viewport: PHONE })
    await visit(device.page, `patients/${patient.uuid}?tab=vitals`)
    await device.page.locator('.patient-curve canvas').first().waitFor()
    const cells = await device.page
      .locator('.patient-table tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => [...(row as any).cells].slice(1).map((cell: any) => cell.textContent.trim()))
      )
    const written = PRESSURES.map(({ systolic, diastolic, weight }) => [systolic, diastolic, weight].map(String))
    assert.deepEqual(cells, written.reverse())
    await device.page.getByRole('tab', { name: device.text('patient.tab.labs') }).click()
    await device.page.locator('.patient-test summary').click()
    await device.page.locator('.patient-test canvas').waitFor()
    const results = await device.page.locator('.patient-test tbody td:nth-child(2)').allTextContents()
    assert.deepEqual(
      results.map((text) => text.replaceAll(/\s+/g, ' ').trim()),
      ['12.90 g/dL Normal', '11.20 g/dL Low', '9.80 g/dL Low']
    )
  })

  const looks: [string, Reader][] = [
    ['phone-fr', FRENCH_PHONE],
    ['phone-en-dark', { ...ENGLISH_DESK, viewport: PHONE, colorScheme: 'dark' }],
    ['desktop-fr-dark', { ...FRENCH_PHONE, viewport: DESKTOP, colorScheme: 'dark' }],
    ['desktop-en', ENGLISH_DESK],
  ]
  for (const [name, look] of looks)
    test(`every page of it stands still, fits and is for everybody: ${name}`, async ({ assert }) => {
      const doctor = await someone('doctor')
      const patient = await fullChart(doctor)
      await resultsOf(patient)
      const { page, text } = await deviceOf(doctor, look)
      await page.goto(appAddress())
      await unlock(page)
      await page.locator('.today-group .list-item').waitFor()
      await page.waitForTimeout(700)
      assert.isBelow(await shifted(page), 0.01, 'opening the app')
      const of = `patients/${patient.uuid}`
      const pages: [string, string, string][] = [
        ['today', '', '.today-group .list-item'],
        ['list', 'patients', '#patients-search'],
        ['register', 'patients/new', '.patient-form-grid'],
        ['timeline', of, '.patient-day'],
        ['vitals', `${of}?tab=vitals`, '.patient-curve canvas'],
        ['labs', `${of}?tab=labs`, '.patient-test'],
        ['prescriptions', `${of}?tab=prescriptions`, '.empty'],
        ['correct', `${of}/identity`, '.patient-form-grid'],
        ['history', `${of}/history/patient/${patient.uuid}`, '.history-fields'],
      ]
      for (const [which, path, sign] of pages) {
        // What moves within half a second of a tap was meant to.
        await page.locator('h1').click()
        await page.evaluate('window.shifted = 0')
        await visit(page, path)
        await page.locator(sign).first().waitFor()
        await page.waitForLoadState('networkidle')
        assert.isBelow(await shifted(page), 0.01, `${which} moved`)
        assert.equal(await overflow(page), 0, `${which} is wider than the screen`)
        assert.deepEqual(await seriousFindings(page), [], which)
        await page.screenshot({ path: await pictureOf(`app-patients-${which}-${name}`), fullPage: true })
      }
      await visit(page, of)
      await page.locator('.patient-day').first().waitFor()
      assert.include(await page.locator('.patient-allergies').textContent(), 'Pénicilline')
      await page.evaluate('window.scrollTo(0, document.body.scrollHeight)')
      assert.isTrue(
        await page.locator('.patient-allergies').evaluate((box: any) => box.getBoundingClientRect().top >= 0)
      )
      assert.equal(await page.locator('.patient-call').getAttribute('href'), 'tel:+221771234567')
      assert.equal(await page.evaluate('document.documentElement.lang'), look.language)
      assert.isTrue(await page.getByText(text('patient.tab.timeline')).first().isVisible())
    })

  test('a chart without an allergy says so', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const { page, text } = await deviceOf(doctor)
    await visit(page, `patients/${patient.uuid}`)
    const allergies = page.locator('.patient-allergies')
    await allergies.waitFor()
    assert.include(await allergies.textContent(), text('patient.allergies.none'))
  })

  test('each role is offered what it may do', async ({ assert }) => {
    const [doctor, nurse, reception] = [await someone('doctor'), await someone('nurse'), await someone('reception')]
    const [stranger, own] = [await fullChart(doctor), await patientOf(nurse)]

    const ofNurse = await deviceOf(nurse)
    await visit(ofNurse.page, `patients/${own.uuid}`)
    await ofNurse.page.locator('.patient-actions').waitFor()
    const offered = await ofNurse.page.locator('.patient-actions a').allTextContents()
    assert.deepEqual(
      offered.map((each) => each.trim()),
      [ofNurse.text('patient.action.consultation'), ofNurse.text('patient.action.vitals')]
    )
    assert.equal(await ofNurse.page.locator(`a[href$="/identity"]`).count(), 0)
    await lookFor(ofNurse.page, stranger.familyName)
    await ofNurse.page.getByText(ofNurse.text('patients.nobody_found')).waitFor()
    assert.equal(await ofNurse.page.getByText(ofNurse.text('patients.elsewhere.title')).count(), 0)

    const atDesk = await deviceOf(reception)
    await lookFor(atDesk.page, stranger.familyName)
    await atDesk.page.getByRole('button', { name: stranger.familyName }).click()
    await atDesk.page.getByRole('link', { name: stranger.familyName.toUpperCase() }).click()
    await atDesk.page.locator('.patient-identity').waitFor()
    assert.equal(await atDesk.page.locator('.patient-allergies, [role=tab], .patient-actions').count(), 0)
    await visit(atDesk.page, `patients/${stranger.uuid}/identity`)
    await atDesk.fill('address', 'Quartier Nord')
    await atDesk.press('patient.correct.submit')
    await atDesk.page.getByText('Quartier Nord').waitFor()
    await stranger.refresh()
    assert.equal(stranger.address, 'Quartier Nord')
  })

  test('a doctor who finds somebody else’s patient is led to the emergency access', async ({ assert }) => {
    const [doctor, colleague] = [await someone('doctor'), await someone('doctor')]
    const stranger = await patientOf(colleague)
    const { page } = await deviceOf(doctor, { ...FRENCH_PHONE, viewport: DESKTOP })
    await lookFor(page, stranger.familyName)
    await page.getByRole('button', { name: stranger.familyName }).click()
    const link = page.getByRole('link', { name: stranger.familyName.toUpperCase() })
    await link.waitFor()
    assert.equal(await link.getAttribute('href'), `/app/patients/${stranger.uuid}/emergency`)
    assert.notInclude(page.url(), stranger.uuid)
    assert.isTrue(page.url().startsWith(appAddress('patients')))
  })
})
