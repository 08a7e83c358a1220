import { test } from '@japa/runner'
import { someone } from '#tests/acting'
import { inBrowser, pageOf } from '#tests/e2e/app_browser'
import { heading } from '#tests/e2e/app_door'
import { said } from '#tests/e2e/app_texts'
import { ENGLISH_DESK, filled, FRENCH_PHONE, pictured } from '#tests/e2e/pictured'
import {
  agreed,
  appAddress,
  devicesOf,
  PASSPHRASE,
  prepare,
  signedIn,
  typePassphrases,
  unlock,
  visit,
} from '#tests/e2e/prepared_device'
import { patientOf, someConsultation } from '#tests/functional/charts/some_chart'

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

test.group('A device before its first use', (group) => {
  inBrowser(group)

  test('is prepared by a passphrase that is long enough and typed twice the same, and is home then')
    .with([FRENCH_PHONE, ENGLISH_DESK])
    .run(async ({ assert }, reader) => {
      const doctor = await someone('doctor')
      const patient = await patientOf(doctor)
      await someConsultation(doctor, patient, { date: new Date().toISOString(), reason: 'Toux' })
      const page = await pageOf(reader)
      await signedIn(page.context(), doctor)
      await page.goto(appAddress())
      await heading(page, 'lock.prepare.title', reader.language).waitFor()
      await pictured(assert, page, 'prepare', reader)

      await typePassphrases(page, 'trop court', PASSPHRASE)
      await page.getByText(said('lock.not_same', reader.language)).waitFor()
      await pictured(assert, page, 'prepare-not-same', reader)
      // Nine as whoever types it counts them, though eleven to the machine.
      await typePassphrases(page, 'pirogue🌊🌊', 'pirogue🌊🌊')
      await page.getByText(filled('lock.too_short', { count: 10 }, reader.language)).waitFor()
      await pictured(assert, page, 'prepare-too-short', reader)
      assert.lengthOf(await devicesOf(doctor), 0, 'nothing is asked of the server before')

      await page.getByLabel(said('lock.prepare.name', reader.language)).fill('Poste de garde')
      await typePassphrases(page, PASSPHRASE, PASSPHRASE)
      await heading(page, 'today.title', reader.language).waitFor()
      await page.getByText('Toux').waitFor()
      await pictured(assert, page, 'prepare-home', reader)
      assert.deepEqual(
        (await devicesOf(doctor)).map(({ name }) => name),
        ['Poste de garde']
      )
    })

  test('says so where the browser keeps nothing, and can be tried again', async ({ assert }) => {
    const page = await pageOf()
    await signedIn(page.context(), await someone('nurse'))
    await page.goto(appAddress())
    await heading(page, 'lock.prepare.title').waitFor()
    await page.evaluate('window.put = IDBObjectStore.prototype.put')
    await page.evaluate(`IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError') }`)
    await typePassphrases(page, PASSPHRASE, PASSPHRASE)
    await page.getByText(said('lock.prepare.failed')).waitFor()
    await pictured(assert, page, 'prepare-failed')
    await page.evaluate('IDBObjectStore.prototype.put = window.put')
    await page.locator('form button[type=submit]').click()
    await page.locator('.shell-nav').waitFor()
  })

  test('goes on loading where it stopped, though the page was loaded anew in between', async ({ assert }) => {
    const doctor = await someone('doctor')
    for (let count = 0; count < 12; count++) await patientOf(doctor)
    const page = await pageOf(FRENCH_PHONE, { serviceWorkers: 'block' })
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
})
