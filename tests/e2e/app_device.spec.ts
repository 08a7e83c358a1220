import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import type { Page } from 'playwright-core'
import type Patient from '#app/patients/patient'
import { someone } from '#tests/acting'
import { inBrowser, inKeptBrowser, pageOf } from '#tests/e2e/app_browser'
import { button, heading, typeCode, typePassword } from '#tests/e2e/app_door'
import { said } from '#tests/e2e/app_texts'
import { ENGLISH_DESK, filled, FRENCH_PHONE, pictured } from '#tests/e2e/pictured'
import {
  agreed,
  appAddress,
  devicesOf,
  PASSPHRASE,
  prepare,
  preparedDevice,
  signedIn,
  typePassphrases,
  unlock,
  visit,
} from '#tests/e2e/prepared_device'
import { anAccount } from '#tests/functional/accounts/some_account'
import { patientOf } from '#tests/functional/charts/some_chart'
import { alignClock, codeOf, giveGenerator } from '#tests/functional/factors/some_factor'

const OTHER_PASSPHRASE = 'quatre fleuves sans pirogue'

const locked = (page: Page) => heading(page, 'lock.unlock.title')

async function writeUnsent(page: Page, patient: Patient, reason: string) {
  await page.context().setOffline(true)
  await visit(page, `patients/${patient.uuid}/consultations/new`)
  await page.getByLabel(said('consultation.reason')).fill(reason)
  await button(page, 'consultation.finish').click()
  await page.getByText(reason).first().waitFor()
}

test.group('A device in the hands of its owner', (group) => {
  inBrowser(group)
  group.each.setup(alignClock)

  test('is locked by hand, and by itself after ten minutes in which nobody touched it', async ({ assert }) => {
    const page = await pageOf(FRENCH_PHONE, { serviceWorkers: 'block' })
    await signedIn(page.context(), await someone('doctor'))
    await page.clock.install()
    await page.goto(appAddress())
    await prepare(page)
    await visit(page, 'lock')
    await heading(page, 'lock.settings.title').waitFor()
    await pictured(assert, page, 'lock')
    await button(page, 'lock.lock_now').click()
    await locked(page).waitFor()
    await typePassphrases(page, 'baobab lune sept tambour')
    await page.getByText(said('lock.unlock.wrong')).waitFor()
    await pictured(assert, page, 'unlock-wrong')
    assert.equal(await page.locator('input[type=password]').inputValue(), '')
    await unlock(page)
    await heading(page, 'lock.settings.title').waitFor()

    for (const _ of ['untouched for nine minutes', 'and, once touched, for another nine']) {
      await page.clock.fastForward('09:00')
      await heading(page, 'lock.settings.title').waitFor()
      await page.keyboard.press('Shift')
      assert.equal(await locked(page).count(), 0)
    }
    await page.clock.fastForward('10:16')
    await locked(page).waitFor()
    await unlock(page)
    await heading(page, 'lock.settings.title').waitFor()
  })

  test('a forgotten passphrase: what is lost is told, and the device is prepared anew by who signs in', async ({
    assert,
  }) => {
    const doctor = await anAccount('doctor')
    const secret = await giveGenerator(doctor)
    const patient = await patientOf(doctor)
    const page = await pageOf()
    await preparedDevice(page.context(), doctor)
    await writeUnsent(page, patient, 'Écrite et oubliée')
    await visit(page, 'lock')
    await button(page, 'lock.lock_now').click()
    await button(page, 'lock.unlock.forgotten').click()
    const dialog = page.getByRole('dialog')
    const erase = dialog.locator('.button-danger')
    await dialog.getByText(said('lock.forgotten.unsent')).waitFor()
    await pictured(assert, page, 'forgotten')
    assert.isTrue(await erase.isDisabled())
    const sure = dialog.getByLabel(said('lock.forgotten.sure'))
    await sure.check()
    await erase.click()
    await dialog.getByText(said('common.unreachable.title')).waitFor()
    await pictured(assert, page, 'forgotten-offline')

    await page.context().setOffline(false)
    await sure.check()
    await erase.click()
    await dialog.getByText(filled('lock.forgotten.count.one', { count: 1 })).waitFor()
    await pictured(assert, page, 'forgotten-unsent')
    assert.isTrue(await erase.isDisabled(), 'a second tap does nothing')
    await sure.check()
    await dialog.getByRole('button', { name: said('lock.forgotten.erase_anyway'), exact: true }).click()
    await heading(page, 'signed_out.sign_in.title').waitFor()
    await pictured(assert, page, 'forgotten-erased')
    await page.reload()
    await heading(page, 'signed_out.sign_in.title').waitFor()
    await typePassword(page, doctor.email!)
    await typeCode(page, codeOf(secret))
    await heading(page, 'lock.prepare.title').waitFor()
    await prepare(page)
    await agreed(page)
    await page.getByText(said('sync.empty.title')).waitFor()
    assert.lengthOf(await devicesOf(doctor), 2, 'a new one, beside the one that was erased')
    await visit(page, `patients/${patient.uuid}`)
    await page.getByText(patient.familyName).first().waitFor()
    assert.equal(await page.getByText('Écrite et oubliée').count(), 0)
  })

  test('revoked from the list in another browser, it says so and gives out what was never sent', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const lost = await pageOf()
    await preparedDevice(lost.context(), doctor)
    await writeUnsent(lost, patient, 'Jamais envoyée')
    const desk = await pageOf(ENGLISH_DESK)
    await signedIn(desk.context(), doctor)
    await desk.goto(appAddress('me/sessions'))
    await button(desk, 'account.devices.revoke', 'en').click()
    await pictured(assert, desk, 'revoke', ENGLISH_DESK)
    await desk.getByRole('dialog').locator('.button-danger').click()
    await desk.locator('.account-things .badge-danger').waitFor()
    await pictured(assert, desk, 'revoke-done', ENGLISH_DESK)

    await visit(lost, 'lock')
    await button(lost, 'lock.lock_now').click()
    await lost.context().setOffline(false)
    await unlock(lost)
    await lost.getByText(said('sync.need.revoked')).waitFor()
    await pictured(assert, lost, 'revoked-banner')
    await lost.getByRole('link', { name: said('sync.need.revoked.action'), exact: true }).click()
    await lost.getByText(filled('sync.revoked.unsent.one', { count: 1 })).waitFor()
    await pictured(assert, lost, 'revoked-unsent')
    const saved = lost.waitForEvent('download')
    await button(lost, 'sync.revoked.export').click()
    assert.include(await readFile(await (await saved).path(), 'utf8'), 'Jamais envoyée')
    assert.isFalse(await button(lost, 'sync.revoked.erase').isDisabled())
    await pictured(assert, lost, 'revoked-exported')
  })
})

test.group('A passphrase that was changed', (group) => {
  const browser = inKeptBrowser(group)

  test('is the only one that opens, also after the browser was closed', async ({ assert }) => {
    let page = await preparedDevice(await browser.start(), await someone('doctor'))
    await visit(page, 'lock')
    await typePassphrases(page, 'une autre que la bonne', OTHER_PASSPHRASE, OTHER_PASSPHRASE)
    await page.getByText(said('lock.unlock.wrong')).waitFor()
    await pictured(assert, page, 'lock-wrong')
    await typePassphrases(page, PASSPHRASE, OTHER_PASSPHRASE, `${OTHER_PASSPHRASE} !`)
    await page.getByText(said('lock.not_same')).waitFor()
    await typePassphrases(page, PASSPHRASE, OTHER_PASSPHRASE, OTHER_PASSPHRASE)
    await page.getByText(said('lock.change.done')).waitFor()
    await pictured(assert, page, 'lock-changed')

    page = (await browser.start()).pages()[0]!
    await page.goto(appAddress())
    await locked(page).waitFor()
    await pictured(assert, page, 'unlock')
    await typePassphrases(page, PASSPHRASE)
    await page.getByText(said('lock.unlock.wrong')).waitFor()
    await typePassphrases(page, OTHER_PASSPHRASE)
    await page.locator('.shell-nav').waitFor()
  })
})
