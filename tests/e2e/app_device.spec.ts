import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { moveClock } from '#app/core/clock'
import type Patient from '#app/patients/patient'
import type User from '#app/users/user'
import { someone } from '#tests/acting'
import { openBrowser, openKeptBrowser } from '#tests/browser'
import { heading, typeCode, typePassword } from '#tests/e2e/app_door'
import { said, type AppLanguage } from '#tests/e2e/app_texts'
import { ENGLISH_DESK, filled, FRENCH_PHONE, pictured, readBy, type Reader } from '#tests/e2e/pictured'
import {
  agreed,
  appAddress,
  builtApp,
  PASSPHRASE,
  prepare,
  preparedDevice,
  signedIn,
  unlock,
  visit,
} from '#tests/e2e/prepared_device'
import { anAccount } from '#tests/functional/accounts/some_account'
import { patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { alignClock, codeOf, giveGenerator } from '#tests/functional/factors/some_factor'

const OTHER_PASSPHRASE = 'quatre fleuves sans pirogue'

let browser: Browser
const contexts: BrowserContext[] = []

async function newPage(reader: Reader = FRENCH_PHONE, more: object = {}): Promise<Page> {
  const { viewport, locale } = reader
  const context = await browser.newContext({ viewport, locale, ...more })
  contexts.push(context)
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await readBy(page, reader)
  return page
}

/** Of the load of all charts the first page gets seven, and then nothing; the next one tells what it got. */
const SLOW_LINE = `{
  const isFirst = !sessionStorage.wasSlow
  sessionStorage.wasSlow = 'yes'
  const reached = window.fetch
  window.fetch = async (...given) => {
    const [answer, { href }] = [await reached(...given), new URL(given[0].url ?? given[0], location.href)]
    if (!href.includes('/sync/bootstrap') || href.includes('today_from')) return answer
    if (!isFirst) window.loadedText = await answer.clone().text()
    if (!isFirst) return answer
    let lines = 1 + 7
    const hold = new TransformStream({
      transform(text, out) {
        for (const letter of text) {
          if (lines > 0) out.enqueue(letter)
          if (letter === '\\n') lines--
        }
      },
      flush: () => new Promise(() => {}),
    })
    const body = answer.body.pipeThrough(new TextDecoderStream()).pipeThrough(hold).pipeThrough(new TextEncoderStream())
    return new Response(body, { status: answer.status, headers: answer.headers })
  }
}`

const button = (page: Page, key: string, language?: AppLanguage) =>
  page.getByRole('button', { name: said(key, language), exact: true })
const link = (page: Page, key: string, language?: AppLanguage) =>
  page.getByRole('link', { name: said(key, language), exact: true })
const secrets = (page: Page) => page.locator('input[type=password]')
const locked = (page: Page) => heading(page, 'lock.unlock.title')
const devicesOf = ({ id }: User) => db.from('sync_devices').where('user_id', id)

async function type(page: Page, ...texts: string[]) {
  for (const [nth, text] of texts.entries()) await secrets(page).nth(nth).fill(text)
  await page.locator('form button[type=submit]').click()
}

async function writeUnsent(page: Page, patient: Patient, reason: string) {
  await page.context().setOffline(true)
  await visit(page, `patients/${patient.uuid}/consultations/new`)
  await page.getByLabel(said('consultation.reason')).fill(reason)
  await button(page, 'consultation.finish').click()
  await page.getByText(reason).first().waitFor()
}

test.group('A device in the hands of its owner', (group) => {
  group.setup(builtApp)
  group.setup(async () => {
    browser = await openBrowser()
    return () => browser.close()
  })
  group.each.timeout(90_000)
  group.each.setup(() => {
    alignClock()
    return async () => {
      moveClock(0)
      await Promise.all(contexts.splice(0).map((context) => context.close()))
    }
  })

  test('is prepared by a passphrase that is long enough and typed twice the same, and is home then')
    .with([FRENCH_PHONE, ENGLISH_DESK])
    .run(async ({ assert }, reader) => {
      const doctor = await someone('doctor')
      const patient = await patientOf(doctor)
      await someConsultation(doctor, patient, { date: new Date().toISOString(), reason: 'Toux' })
      const page = await newPage(reader)
      await signedIn(page.context(), doctor)
      await page.goto(appAddress())
      await heading(page, 'lock.prepare.title', reader.language).waitFor()
      await pictured(assert, page, 'prepare', reader)

      await type(page, 'trop court', PASSPHRASE)
      await page.getByText(said('lock.not_same', reader.language)).waitFor()
      await pictured(assert, page, 'prepare-not-same', reader)
      // Nine as whoever types it counts them, though eleven to the machine.
      await type(page, 'pirogue🌊🌊', 'pirogue🌊🌊')
      await page.getByText(filled('lock.too_short', { count: 10 }, reader.language)).waitFor()
      await pictured(assert, page, 'prepare-too-short', reader)
      assert.lengthOf(await devicesOf(doctor), 0, 'nothing is asked of the server before')

      await page.getByLabel(said('lock.prepare.name', reader.language)).fill('Poste de garde')
      await type(page, PASSPHRASE, PASSPHRASE)
      await heading(page, 'today.title', reader.language).waitFor()
      await page.getByText('Toux').waitFor()
      await pictured(assert, page, 'prepare-home', reader)
      assert.deepEqual(
        (await devicesOf(doctor)).map(({ name }) => name),
        ['Poste de garde']
      )
    })

  test('says so where the browser keeps nothing, and can be tried again', async ({ assert }) => {
    const page = await newPage()
    await signedIn(page.context(), await someone('nurse'))
    await page.goto(appAddress())
    await heading(page, 'lock.prepare.title').waitFor()
    await page.evaluate('window.put = IDBObjectStore.prototype.put')
    await page.evaluate(`IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError') }`)
    await type(page, PASSPHRASE, PASSPHRASE)
    await page.getByText(said('lock.prepare.failed')).waitFor()
    await pictured(assert, page, 'prepare-failed')
    await page.evaluate('IDBObjectStore.prototype.put = window.put')
    await page.locator('form button[type=submit]').click()
    await page.locator('.shell-nav').waitFor()
  })

  test('goes on loading where it stopped, though the page was loaded anew in between', async ({ assert }) => {
    const doctor = await someone('doctor')
    for (let count = 0; count < 12; count++) await patientOf(doctor)
    const page = await newPage(FRENCH_PHONE, { serviceWorkers: 'block' })
    await signedIn(page.context(), doctor)
    await page.addInitScript(SLOW_LINE)
    await page.goto(appAddress())
    await prepare(page)
    await visit(page, 'outbox')
    await page.getByText(filled('sync.load.progress', { loaded: 5, total: 12 })).waitFor()
    await pictured(assert, page, 'prepare-loading')

    await page.reload()
    await unlock(page)
    await agreed(page)
    await visit(page, 'patients')
    await page.locator('.list li').nth(11).waitFor()
    const loaded = (await page.evaluate('window.loadedText')) as string
    assert.equal(loaded.match(/"kind":"chart"/g)?.length, 12 - 5, 'the first five are not sent again')
  })

  test('is locked by hand, and by itself after ten minutes in which nobody touched it', async ({ assert }) => {
    const page = await newPage(FRENCH_PHONE, { serviceWorkers: 'block' })
    await signedIn(page.context(), await someone('doctor'))
    await page.clock.install()
    await page.goto(appAddress())
    await prepare(page)
    await visit(page, 'lock')
    await heading(page, 'lock.settings.title').waitFor()
    await pictured(assert, page, 'lock')
    await button(page, 'lock.lock_now').click()
    await locked(page).waitFor()
    await type(page, 'baobab lune sept tambour')
    await page.getByText(said('lock.unlock.wrong')).waitFor()
    await pictured(assert, page, 'unlock-wrong')
    assert.equal(await secrets(page).inputValue(), '')
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
    const page = await newPage()
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
    const lost = await newPage()
    await preparedDevice(lost.context(), doctor)
    await writeUnsent(lost, patient, 'Jamais envoyée')
    const desk = await newPage(ENGLISH_DESK)
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
    await link(lost, 'sync.need.revoked.action').click()
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

  test('is the only one that opens, also after the browser was closed', async ({ assert }) => {
    const { viewport, locale } = FRENCH_PHONE
    kept = await openKeptBrowser(folder, { viewport, locale })
    let page = await preparedDevice(kept, await someone('doctor'))
    await visit(page, 'lock')
    await type(page, 'une autre que la bonne', OTHER_PASSPHRASE, OTHER_PASSPHRASE)
    await page.getByText(said('lock.unlock.wrong')).waitFor()
    await pictured(assert, page, 'lock-wrong')
    await type(page, PASSPHRASE, OTHER_PASSPHRASE, `${OTHER_PASSPHRASE} !`)
    await page.getByText(said('lock.not_same')).waitFor()
    await type(page, PASSPHRASE, OTHER_PASSPHRASE, OTHER_PASSPHRASE)
    await page.getByText(said('lock.change.done')).waitFor()
    await pictured(assert, page, 'lock-changed')

    await kept.close()
    kept = await openKeptBrowser(folder, { viewport, locale })
    page = kept.pages()[0]!
    page.setDefaultTimeout(15_000)
    await page.goto(appAddress())
    await locked(page).waitFor()
    await pictured(assert, page, 'unlock')
    await type(page, PASSPHRASE)
    await page.getByText(said('lock.unlock.wrong')).waitFor()
    await type(page, OTHER_PASSPHRASE)
    await page.locator('.shell-nav').waitFor()
  })
})
