import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { openConsultation } from '#app/consultations/find_consultations'
import { callerOf, someone } from '#tests/acting'
import { inBrowser, newContext } from '#tests/e2e/app_browser'
import { FRENCH_PHONE, picturedOnBoth } from '#tests/e2e/pictured'
import { appAddress, signedIn } from '#tests/e2e/prepared_device'
import { patientOf, someConsultation } from '#tests/functional/charts/some_chart'

test.group('A patient in the app', (group) => {
  inBrowser(group)

  test('reads their own chart and who opened it, in French and in English', async ({ assert }) => {
    const [doctor, self] = [await someone('doctor'), await someone('patient')]
    const patient = await patientOf(doctor)
    await db.from('patients').where('id', patient.id).update({ user_id: self.id })
    const consultation = await someConsultation(doctor, patient, { reason: 'Fièvre depuis trois jours' })
    await openConsultation(callerOf(doctor), { id: consultation.uuid })
    const context = await newContext(FRENCH_PHONE)
    await signedIn(context, self)
    const page = await context.newPage()
    await page.goto(appAddress())
    await page.getByText('Fièvre depuis trois jours').waitFor()
    await picturedOnBoth(assert, page, 'app-own-chart')
    await page.getByRole('tab', { name: 'Qui l’a ouvert' }).click()
    await page.getByText(doctor.name).first().waitFor()
    await page.getByText('Vous soigne').first().waitFor()
    await picturedOnBoth(assert, page, 'app-own-accesses')
    await page.evaluate(`localStorage.setItem('medinfo.language', 'en')`)
    await page.reload()
    await page.getByRole('tab', { name: 'Who opened it' }).click()
    await page.getByText('Treats you').first().waitFor()
    await picturedOnBoth(assert, page, 'app-own-accesses-en')
  })
})
