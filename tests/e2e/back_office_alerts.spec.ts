import { test } from '@japa/runner'
import type { Browser } from 'playwright-core'
import Alert from '#app/alerts/alert'
import { breakGlass } from '#app/alerts/break_glass'
import { callerOf, someone } from '#tests/acting'
import { DESKTOP, openBrowser, PHONE, pictureOf } from '#tests/browser'
import { builtBackOffice, officeAddress, officePage, reach } from '#tests/e2e/back_office_door'
import { foreignTexts, watched } from '#tests/e2e/back_office_texts'
import { overflow, seriousFindings } from '#tests/e2e/prepared_device'
import { somePatient } from '#tests/functional/patients/some_patient'

const GIVEN = 'Convulsions, <b onclick="alert(1)">famille absente</b>'
const COMMENT = 'Vu avec le service'

async function anAlert() {
  const [doctor, patient] = [await someone('doctor'), await somePatient()]
  const access = await breakGlass(callerOf(doctor), { patient_id: patient.uuid, reason: GIVEN })
  return { doctor, patient, alert: await Alert.query().where('entity_uuid', access.uuid).firstOrFail() }
}

test.group('Accesses to review in the back office, in a browser', (group) => {
  let browser: Browser
  group.setup(async () => {
    await builtBackOffice()
    browser = await openBrowser()
    return () => browser.close()
  })

  for (const [form, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP }))
    test(`an emergency access is found, read and reviewed by the keyboard alone, on a ${form}`, async ({ assert }) => {
      const { doctor, patient, alert } = await anAlert()
      const admin = await someone('admin')
      const page = await officePage(browser, admin, { viewport })
      const { complaints, data } = watched(page)
      for (const own of [admin.name, COMMENT]) data.add(own)
      const looked = async (name: string) => {
        await page.waitForTimeout(300)
        await page.screenshot({ path: await pictureOf(`admin-alerts-${name}-${form}`) })
        assert.deepEqual(await seriousFindings(page), [], name)
        assert.isAtMost(await overflow(page), 0, name)
        assert.deepEqual(await foreignTexts(page, data), [], name)
      }
      await page.goto(officeAddress('/resources/alerts'))
      const row = page.locator(`tr[data-id="${alert.uuid}"]`)
      await row.getByText(patient.mrn).waitFor()
      await row.getByText('À examiner').waitFor()
      await looked('list')
      await page.getByRole('button', { name: /^Filtre/ }).click()
      await page.locator('dialog form').waitFor()
      await looked('filter')
      await page.keyboard.press('Escape')

      await reach(page, doctor.name, 120)
      await page.keyboard.press('Enter')
      await page.getByText(GIVEN).waitFor()
      await looked('detail')

      await reach(page, 'Examiner', 40)
      await page.keyboard.press('Enter')
      await page.locator('#reason').waitFor()
      await reach(page, '', 40, '#reason')
      await page.keyboard.type(COMMENT)
      await looked('review')
      await reach(page, 'Confirmer', 10)
      await page.keyboard.press('Enter')
      await page.getByText('L’accès est examiné.').waitFor()
      await page.getByText('Examiné le').waitFor()
      await looked('reviewed')
      const { state, reviewedBy } = await Alert.findOrFail(alert.id)
      assert.deepEqual([state, reviewedBy], ['reviewed', admin.id])
      assert.deepEqual(complaints, [])
      await page.context().close()
    }).timeout(120_000)
})
