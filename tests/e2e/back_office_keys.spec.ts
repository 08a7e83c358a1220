import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { Browser, Page } from 'playwright-core'
import { runJob } from '#app/jobs/run_job'
import { keyring } from '#app/keys/keyring_service'
import { someone } from '#tests/acting'
import { openBrowser, PHONE, pictureOf } from '#tests/browser'
import { builtBackOffice, officeAddress, officePage } from '#tests/e2e/back_office_door'
import { foreignTexts, watched } from '#tests/e2e/back_office_texts'
import { overflow, seriousFindings } from '#tests/e2e/prepared_device'
import { patientOf } from '#tests/functional/charts/some_chart'
import { requested } from '#tests/functional/erasure/some_erasure'
import { alignClock, clockAt, codeOf, giveGenerator } from '#tests/functional/factors/some_factor'
import { anotherKeyring, manyMasters, providerWith, within } from '#tests/functional/keys/rotating'

const TEN_MINUTES = 10 * 60_000
const FORMER = 12

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** Runs it as a server whose provider has the others wait after so many keys. Answers what lets it go on to its end. */
async function runHalf(uuid: string): Promise<() => Promise<void>> {
  const waiting = Promise.withResolvers<void>()
  const half = Promise.withResolvers<void>()
  let wrapped = 0
  const slow = providerWith((own) => ({
    async wrap(plain, context) {
      if (++wrapped > FORMER / 2) {
        half.resolve()
        await waiting.promise
      }
      return own.wrap(plain, context)
    },
  }))
  const running = within(anotherKeyring(slow), () => runJob(uuid))
  await half.promise
  return async () => {
    waiting.resolve()
    await running
  }
}

test.group('Keys in the back office, in a browser', (group) => {
  let browser: Browser
  group.setup(async () => {
    await builtBackOffice()
    browser = await openBrowser()
    return () => browser.close()
  })
  group.each.setup(alignClock)
  group.each.setup(async () => void (await db.from('jobs').where('kind', 'like', 'keys.%').delete()))

  async function looked(page: Page, name: string, assert: { deepEqual(one: unknown, other: unknown): void }) {
    await page.screenshot({ path: await pictureOf(`admin-${name}-desktop`), fullPage: true })
    assert.deepEqual(await seriousFindings(page), [])
    const { width, height } = page.viewportSize()!
    await page.setViewportSize(PHONE)
    await page.screenshot({ path: await pictureOf(`admin-${name}-phone`), fullPage: true })
    assert.deepEqual([await overflow(page), await seriousFindings(page)], [0, []])
    await page.setViewportSize({ width, height })
  }

  test('the provider’s key is changed, and the page shows how far that is until it is done', async ({
    assert,
    cleanup,
  }) => {
    cleanup(await manyMasters(FORMER))
    const before = await keyring().provider.activeUri()
    const admin = await someone('admin')
    const secret = await giveGenerator(admin)
    const page = await officePage(browser, admin)
    const { complaints, data } = watched(page)
    for (const name of [admin.name, before]) data.add(name)
    await page.goto(officeAddress('/pages/keys'))
    await page.getByText('Aucun changement n’est en cours').waitFor()
    await looked(page, 'keys', assert)

    clockAt(TEN_MINUTES)
    await button(page, 'Changer la clé du fournisseur').focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Motif').fill('Changement de l’année')
    assert.deepEqual(await seriousFindings(page), [])
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.locator('#step-up-code').fill(codeOf(secret))
    assert.lengthOf(await db.from('jobs').where('kind', 'keys.rotate_kek'), 0, 'nothing is done before the proof')
    await page.screenshot({ path: await pictureOf('admin-keys-proof-desktop') })
    await page.keyboard.press('Enter')
    await page.getByText('Le changement est demandé').waitFor()
    const rotations = page.getByRole('region', { name: 'Changements en cours' })
    await rotations.getByText('En attente').waitFor()

    const { uuid } = await db.from('jobs').where('kind', 'keys.rotate_kek').firstOrFail()
    const goOn = await runHalf(uuid)
    await rotations.getByText(/^[1-9]\d?\s%$/).waitFor()
    await looked(page, 'keys-running', assert)
    const bar = rotations.getByRole('progressbar', { name: 'Changement de la clé du fournisseur' })
    assert.match((await bar.getAttribute('value'))!, /^[1-9]\d?$/)
    assert.deepEqual(await foreignTexts(page, data), [])

    await goOn()
    await page.getByText('C’est fini : Changement de la clé du fournisseur.').waitFor()
    await rotations.getByText('Aucun changement n’est en cours').waitFor()
    const now = await keyring().provider.activeUri()
    assert.notEqual(now, before)
    await page.getByRole('cell', { name: now }).waitFor()
    assert.deepEqual(complaints, [])
    await page.context().close()
  }).timeout(90_000)

  test('an erasure is approved on a phone', async ({ assert }) => {
    const patient = await patientOf(await someone('doctor'))
    const id = await requested(patient)
    const admin = await someone('admin')
    await giveGenerator(admin)
    const page = await officePage(browser, admin, { viewport: PHONE })
    await page.goto(officeAddress('/pages/keys'))
    await page.getByRole('link', { name: 'Voir les demandes d’effacement' }).click()
    await page.getByRole('link', { name: patient.mrn }).click()
    await page.getByRole('heading', { name: patient.mrn }).waitFor()
    await page.screenshot({ path: await pictureOf('admin-erasure-phone'), fullPage: true })
    assert.deepEqual([await overflow(page), await seriousFindings(page)], [0, []])
    await page.getByRole('link', { name: 'Approuver' }).click()
    await page.getByLabel('Motif').fill('Demande vérifiée')
    await page.screenshot({ path: await pictureOf('admin-erasure-approve-phone'), fullPage: true })
    assert.deepEqual([await overflow(page), await seriousFindings(page)], [0, []])
    await button(page, 'Confirmer').click()
    await page.getByText('L’approbation est enregistrée.').waitFor()
    const { n } = await db
      .from('shred_approvals')
      .join('shred_requests', 'shred_requests.id', 'shred_approvals.request_id')
      .where('shred_requests.uuid', id)
      .count('* as n')
      .firstOrFail()
    assert.equal(Number(n), 1)
    await page.context().close()
  }).timeout(60_000)
})
