import { test } from '@japa/runner'
import { registerPatient } from '#app/patients/register_patient'
import type User from '#app/users/user'
import { callerOf, someone } from '#tests/acting'
import { deviceOf, inBrowser } from '#tests/e2e/app_browser'
import { beginningOf, said } from '#tests/e2e/app_texts'
import { seriousFindings, unlock, visit } from '#tests/e2e/prepared_device'

const patientOf = (user: User, family_name: string) =>
  registerPatient(callerOf(user), { family_name, given_name: 'Moussa', sex: 'male', dob: '1970-01-05' })

/** By how much the chosen tab is outside of its bar. */
const HIDDEN_PART = `(() => {
  const [bar, tab] = ['.tabs', '.tab[aria-selected=true]'].map((at) => document.querySelector(at).getBoundingClientRect())
  return Math.max(0, bar.left - tab.left, tab.right - bar.right)
})()`

test.group('What the screens of the app tell', (group) => {
  inBrowser(group)

  test('the laboratory’s screen tells a doctor whom it is for, and leads to the patients', async ({ assert }) => {
    const { page } = await deviceOf(await someone('doctor'))
    assert.equal(await page.locator('.shell-nav a[href="/app/labs"]').count(), 0, 'no menu leads there')
    await visit(page, 'labs')
    await page.getByText(said('lab.elsewhere_chart')).waitFor()
    assert.deepEqual(await seriousFindings(page), [])
    await page.getByRole('link', { name: said('lab.to_patients') }).click()
    await page.locator('#patients-search').waitFor()
  })

  test('the chosen tab of a chart is in sight, also where it comes from the address', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor, 'Onglet')
    const { page } = await deviceOf(doctor)
    for (const tab of ['prescriptions', 'timeline', 'labs']) {
      await visit(page, `patients/${patient.uuid}?tab=${tab}`)
      await page.getByRole('tab', { name: said(`patient.tab.${tab}`), selected: true }).waitFor()
      assert.equal(await page.evaluate(HIDDEN_PART), 0, tab)
    }
  })

  test('whose chart is opened in an emergency is known after a reload', async () => {
    const [doctor, colleague] = [await someone('doctor'), await someone('doctor')]
    await patientOf(colleague, 'Urgence')
    const { page } = await deviceOf(doctor)
    await visit(page, 'patients')
    await page.locator('#patients-search').fill('Urgence')
    await page.getByRole('button', { name: said('patients.elsewhere.search').replace('{text}', 'Urgence') }).click()
    await page.locator('.list-item', { hasText: 'URGENCE Moussa' }).click()
    await page.getByText('URGENCE Moussa').waitFor()
    // What is found is kept in the moment after it is shown.
    await page.waitForTimeout(500)
    await page.reload()
    await unlock(page)
    await page.getByRole('heading', { name: said('emergency.title') }).waitFor()
    await page.getByText('URGENCE Moussa').waitFor()
  })

  test('what was sent is listed with its time, below that nothing waits', async ({ assert }) => {
    const { page } = await deviceOf(await someone('doctor'))
    await visit(page, 'outbox')
    await page.getByText(said('sync.empty.title')).waitFor()
    assert.equal(await page.getByText(said('sync.group.sent')).count(), 0)
    await visit(page, 'patients/new')
    const field = (name: string) => page.locator(`[data-pointer="/${name}"] .control`)
    for (const [name, value] of [
      ['family_name', 'Parti'],
      ['given_name', 'Awa'],
      ['dob', '1991-02-03'],
    ] as const)
      await field(name).fill(value)
    await page.locator('[data-pointer="/sex"] select').selectOption('female')
    await page.locator('form button[type=submit]').click()
    await page.getByRole('heading', { name: 'PARTI Awa' }).waitFor()
    await visit(page, 'outbox')
    const sent = page.locator('section', { hasText: said('sync.group.sent') }).locator('.list-item')
    await sent.filter({ hasText: 'PARTI Awa' }).waitFor()
    assert.include(await sent.textContent(), beginningOf('sync.sent_at'))
    assert.deepEqual(await seriousFindings(page), [])
  })
})
