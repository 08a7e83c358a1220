import { readFile, writeFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { Page } from 'playwright-core'
import { CONSULTATIONS } from '#app/charts/chart_kinds'
import { historyOf } from '#app/charts/history'
import Consultation from '#app/consultations/consultation'
import type Patient from '#app/patients/patient'
import Prescription from '#app/prescriptions/prescription'
import { addMedicalRecord } from '#app/records/add_medical_record'
import type User from '#app/users/user'
import { callerOf, someone } from '#tests/acting'
import { pictureOf } from '#tests/browser'
import { deviceOf, inBrowser, inKeptBrowser } from '#tests/e2e/app_browser'
import {
  agreed,
  appAddress,
  PASSPHRASE,
  prepare,
  preparedDevice,
  signedIn,
  unlock,
  visit,
} from '#tests/e2e/prepared_device'
import { said } from '#tests/e2e/app_texts'
import { picturedOnBoth } from '#tests/e2e/pictured'
import { patientOf, someConsultation } from '#tests/functional/charts/some_chart'

const writtenOf = (patient: Patient) => Consultation.query().where('patient_id', patient.id)

async function writeConsultation(page: Page, patient: Patient, reason: string) {
  await visit(page, `patients/${patient.uuid}/consultations/new`)
  await page.getByLabel('Motif').fill(reason)
  await page.getByRole('button', { name: 'Terminer' }).click()
  await page.getByText(reason).first().waitFor()
}

/** What a browser keeps of the app outside its memory, as text: bytes as letters, so that a word in them is found. */
const KEPT = `(async () => {
  const asText = (_, value) => {
    if (value instanceof ArrayBuffer) value = new Uint8Array(value)
    return ArrayBuffer.isView(value) ? new TextDecoder().decode(value) : value
  }
  const result = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)))
  const parts = [{ ...localStorage }, { ...sessionStorage }, history.state, location.href]
  for (const { name } of await indexedDB.databases()) {
    const database = await result(indexedDB.open(name))
    for (const store of database.objectStoreNames)
      parts.push(await result(database.transaction(store).objectStore(store).getAll()))
    database.close()
  }
  const paths = []
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) paths.push(new URL(url).pathname)
  return { caches: paths, text: JSON.stringify(parts, asText) }
})()`

const waiting = (page: Page) => page.locator('.sync-indicator')

test.group('What a device writes without a network', (group) => {
  const browser = inKeptBrowser(group)

  test('outlives a reload and the restart of the browser, and is on the server once', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    let kept = await browser.start()
    let page = await preparedDevice(kept, doctor)
    await kept.setOffline(true)
    await visit(page, `patients/${patient.uuid}/consultations/new`)
    await page.getByLabel('Motif').fill('Fièvre depuis trois jours')
    await page.getByText('Brouillon gardé').waitFor()

    await page.reload()
    await unlock(page)
    await page.getByText('Brouillon du').waitFor()
    assert.equal(await page.getByLabel('Motif').inputValue(), 'Fièvre depuis trois jours')
    await page.getByRole('button', { name: 'Terminer' }).click()
    await page.getByText('Fièvre depuis trois jours').first().waitFor()
    assert.lengthOf(await writtenOf(patient), 0)

    kept = await browser.start()
    await kept.setOffline(true)
    page = kept.pages()[0]!
    await page.goto(appAddress('outbox'))
    await unlock(page)
    await page.getByText('1 élément à envoyer').or(waiting(page)).first().waitFor()
    await page.getByText('Fièvre depuis trois jours').waitFor()
    await page.screenshot({ path: await pictureOf('app-outbox-offline-phone'), fullPage: true })

    await kept.setOffline(false)
    await page.getByText('Tout est envoyé').waitFor()
    const written = await writtenOf(patient)
    assert.lengthOf(written, 1)
    assert.equal(written[0]!.status, 'finished')
  })

  test('a full disk stops downloads and no write, and says what to free', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patients = [await patientOf(doctor), await patientOf(doctor)]
    const kept = await browser.start()
    const page = await preparedDevice(kept, doctor)
    const tools = await kept.newCDPSession(page)
    const { origin } = new URL(appAddress())
    const { usage } = await tools.send('Storage.getUsageAndQuota', { origin })
    await tools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + 1_000_000 })
    await someConsultation(doctor, patients[0]!, { reason: 'Pas encore reçue' })
    await visit(page, 'outbox')
    await page.getByRole('button', { name: 'Envoyer maintenant' }).click()
    await page.getByText('Plus de place sur cet appareil').waitFor()
    await writeConsultation(page, patients[1]!, 'Écrite malgré tout')
    await visit(page, `patients/${patients[0]!.uuid}`)
    await page.getByText('Diallo').first().waitFor()
    assert.equal(await page.getByText('Pas encore reçue').count(), 0)
    await visit(page, 'room')
    await page.getByText(/utilisés sur/).waitFor()
    await picturedOnBoth(assert, page, 'app-room')
    await tools.send('Storage.overrideQuotaForOrigin', { origin })
    await page.getByRole('button', { name: 'Reprendre les téléchargements' }).click()
    await page.getByText('La place suffit de nouveau').waitFor()
    await visit(page, `patients/${patients[0]!.uuid}`)
    await page.getByText('Pas encore reçue').first().waitFor()
    await visit(page, 'outbox')
    await page.getByText('Tout est envoyé').waitFor()
    assert.lengthOf(await writtenOf(patients[1]!), 1)
  })
})

test.group('A device that cannot go on by itself', (group) => {
  inBrowser(group)

  test('started without a line, it knows whose session it has once the server answers', async () => {
    const { context, page } = await deviceOf(await someone('doctor'))
    await context.setOffline(true)
    await page.reload()
    await unlock(page)
    await visit(page, 'me/profile')
    await page.getByText(said('account.not_signed_in')).waitFor()
    await context.setOffline(false)
    await page.getByText(said('account.email.title'), { exact: true }).waitFor()
  })

  test('two devices that changed the same text: a person chooses, and the history has both', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const consultation = await someConsultation(doctor, patient, { reason: 'Fièvre', notes: 'Depuis lundi' })
    const mine = await deviceOf(doctor)
    const theirs = await deviceOf(doctor)
    const path = `patients/${patient.uuid}/consultations/${consultation.uuid}`
    await mine.context.setOffline(true)
    await correctNotes(mine.page, path, 'Depuis dimanche soir')
    await correctNotes(theirs.page, path, 'Depuis samedi matin')
    await visit(theirs.page, 'outbox')
    await theirs.page.getByText('Tout est envoyé').waitFor()

    await mine.context.setOffline(false)
    await visit(mine.page, 'outbox')
    await mine.page.getByText('À décider').waitFor()
    await mine.page.getByText('Consultation modifiée').click()
    await mine.page.getByText('vous, sur un autre appareil').waitFor()
    await mine.page.getByText('Les différences').click()
    await picturedOnBoth(assert, mine.page, 'app-conflict')
    const save = mine.page.getByRole('button', { name: 'Enregistrer ce choix' })
    assert.isTrue(await save.isDisabled())
    await mine.page.getByRole('radio', { name: /^L’autre/ }).check()
    await save.click()
    await mine.page.getByText('Les deux versions restent').waitFor()
    await mine.page.getByText('La mienne, écartée').click()
    await mine.page.getByText('Depuis dimanche soir').waitFor()
    await agreed(mine.page)
    await mine.page.getByText('Tout est envoyé').waitFor()

    assert.equal((await Consultation.findOrFail(consultation.id)).notes === null, false)
    assert.deepEqual(await notesOfVersions(doctor, consultation.uuid), [
      'Depuis samedi matin',
      'Depuis dimanche soir',
      'Depuis samedi matin',
      'Depuis lundi',
    ])
  })

  test('what the server refuses is corrected where it was written, and sent again', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const consultation = await someConsultation(doctor, patient)
    const { context, page } = await deviceOf(doctor)
    await context.setOffline(true)
    await visit(page, `patients/${patient.uuid}/consultations/${consultation.uuid}/prescriptions/new`)
    await page.getByLabel('Médicament', { exact: false }).first().fill('Amoxicilline 500 mg')
    await page
      .getByRole('button', { name: /Prescrire|Enregistrer/ })
      .first()
      .click()
    // It has been written once the consultation shows it; the indicator is there without a line anyway.
    await page.getByText('Amoxicilline 500 mg').first().waitFor()
    // Meanwhile somebody notes an allergy that this device does not know of.
    await addMedicalRecord(callerOf(doctor), {
      patient_id: patient.uuid,
      type: 'allergy',
      description: 'Pénicilline',
      content: { severity: 'severe', reactions: ['urticaire'] },
    })
    await context.setOffline(false)
    await visit(page, 'outbox')
    await page.getByText('À décider').waitFor()
    await page.getByText('Amoxicilline').first().click()
    await page.getByText('Refusé par le serveur').first().waitFor()
    await picturedOnBoth(assert, page, 'app-refused')
    assert.isTrue(await page.getByRole('button', { name: 'Mettre de côté' }).isDisabled())
    await page.getByRole('button', { name: 'Corriger', exact: true }).click()
    await page
      .getByLabel(/allergie/i)
      .last()
      .fill('Tolérée en 2024 sous surveillance')
    await page.getByRole('button', { name: 'Corriger et renvoyer' }).click()
    await page.getByText('C’est noté').waitFor()
    await visit(page, 'outbox')
    await page.getByText('Tout est envoyé').waitFor()
    const [written] = await Prescription.query().where('patient_id', patient.id)
    assert.equal(written?.status, 'active')
  })

  test('whoever goes elsewhere while something is kept is not called back', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const { context, page } = await deviceOf(doctor)
    await context.setOffline(true)
    await visit(page, `patients/${patient.uuid}/consultations/new`)
    await page.getByLabel('Motif').fill('Partie ailleurs')
    // In one turn of the page: nothing can have been kept in between.
    await page.evaluate(`{
      const finish = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Terminer')
      finish.click()
      document.querySelector('a.sync-indicator').click()
    }`)
    await page.getByText('Partie ailleurs').first().waitFor()
    await context.setOffline(false)
    await page.getByText('Tout est envoyé').waitFor()
    assert.equal(new URL(page.url()).pathname, '/app/outbox')
    assert.lengthOf(await writtenOf(patient), 1)
  })

  test('a new version is taken when the person says so, and what waits is still there', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const { context, page } = await deviceOf(doctor)
    await context.setOffline(true)
    await writeConsultation(page, patient, 'Avant la nouvelle version')
    // Neither credential nor session: it goes on waiting.
    await context.clearCookies()
    await endCredential(doctor)
    await context.setOffline(false)
    await withNewRelease(async () => {
      await page.evaluate('navigator.serviceWorker.getRegistration().then((worker) => worker.update())')
      await page.getByText('Une nouvelle version est prête').waitFor()
      await visit(page, 'patients/new')
      await page.getByLabel('Nom', { exact: false }).first().fill('Sow')
      await page.evaluate('window.isFormerPage = true')
      await page.getByRole('button', { name: 'Mettre à jour maintenant' }).click()
      assert.isTrue(await page.evaluate('window.isFormerPage'))
      await visit(page, 'outbox')
      await page.getByRole('button', { name: 'Mettre à jour maintenant' }).click()
      // A text would be evaluated at each look, which the page's policy forbids.
      await page.waitForFunction(() => !('isFormerPage' in globalThis))
    })
    await unlock(page)
    await page.getByText('Avant la nouvelle version').waitFor()
    assert.lengthOf(await writtenOf(patient), 0)
  })

  test('an expired access lets work go on, and is renewed by signing in', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const { context, page } = await deviceOf(doctor)
    await context.clearCookies()
    await endCredential(doctor)
    await page.reload()
    await unlock(page)
    await writeConsultation(page, patient, 'Écrite sans accès')
    await page.getByText('Votre accès pour l’envoi a expiré').waitFor()
    await picturedOnBoth(assert, page, 'app-expired')
    assert.lengthOf(await writtenOf(patient), 0)
    await signedIn(context, doctor)
    await page.reload()
    await unlock(page)
    await visit(page, 'outbox')
    await page.getByText('Tout est envoyé').waitFor()
    assert.lengthOf(await writtenOf(patient), 1)
  })

  test('nothing of a patient stands in clear on the device: store, caches, settings, addresses', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    await someConsultation(doctor, patient, { reason: 'Maux de ventre' })
    const { page } = await deviceOf(doctor)
    await visit(page, `patients/${patient.uuid}`)
    await page.getByText('Maux de ventre').first().waitFor()
    await visit(page, 'patients')
    await page.getByRole('searchbox').fill(patient.familyName)
    await page.locator('.list a').first().click()
    await page.getByText('Maux de ventre').first().waitFor()
    const kept = (await page.evaluate(KEPT)) as { caches: string[]; text: string }
    for (const word of ['Maux de ventre', patient.familyName, PASSPHRASE]) assert.notInclude(kept.text, word)
    assert.include(kept.text, patient.uuid)
    assert.deepEqual(
      kept.caches.filter((path) => !path.startsWith('/app/')),
      []
    )
    assert.isNotEmpty(kept.caches)
  })

  test('a revoked device gives out what is unsent, and then its key goes', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const { context, page } = await deviceOf(doctor)
    await context.setOffline(true)
    await writeConsultation(page, patient, 'Jamais envoyée')
    await db.from('sync_devices').where('user_id', doctor.id).update({ revoked_at: '2026-01-01 00:00:00.000' })
    await context.setOffline(false)
    await page.getByText('Cet appareil a été révoqué').waitFor()
    await page.getByRole('link', { name: 'Que faire' }).click()
    const erase = page.getByRole('button', { name: 'Effacer la clé et les dossiers' })
    await erase.waitFor()
    await picturedOnBoth(assert, page, 'app-revoked')
    assert.isTrue(await erase.isDisabled())
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Exporter ce qui n’est pas envoyé' }).click(),
    ])
    assert.include(await readFile(await download.path(), 'utf8'), 'Jamais envoyée')
    await erase.click()
    await page.getByRole('dialog').getByRole('button', { name: 'Effacer la clé' }).click()
    await page.getByText('Préparer cet appareil').waitFor()
    const names = (await page.evaluate('indexedDB.databases().then((all) => all.map(({ name }) => name))')) as string[]
    assert.deepEqual(await rowsOf(page, names), 0)
    await prepare(page)
    await agreed(page)
    assert.equal(await page.getByText('Cet appareil a été révoqué').count(), 0)
  })

  test('signing out sends, exports or keeps what waits, and forgets the device only when nothing does', async ({
    assert,
  }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const { context, page } = await deviceOf(doctor)
    await context.setOffline(true)
    await writeConsultation(page, patient, 'Avant de partir')
    await visit(page, 'leaving')
    const forget = page.getByRole('button', { name: 'Se déconnecter et oublier cet appareil' })
    await page.getByText('1 élément n’est pas encore envoyé').waitFor()
    assert.isTrue(await forget.isDisabled())
    assert.isTrue(await page.getByRole('button', { name: 'Envoyer d’abord' }).isDisabled())
    await picturedOnBoth(assert, page, 'app-leaving')
    await page.getByRole('button', { name: 'garder l’appareil verrouillé' }).click()
    await page.getByText('Appareil verrouillé').waitFor()
    await picturedOnBoth(assert, page, 'app-locked')
    await unlock(page)
    await context.setOffline(false)
    await visit(page, 'leaving')
    await page.getByText('Tout est envoyé.', { exact: true }).waitFor()
    assert.lengthOf(await writtenOf(patient), 1)
    await forget.click()
    await page.getByRole('dialog').getByRole('button', { name: 'oublier cet appareil' }).click()
    await page.getByRole('button', { name: 'Se connecter' }).waitFor()
  })
})

async function correctNotes(page: Page, path: string, notes: string) {
  await visit(page, path)
  await page.getByRole('button', { name: 'Corriger', exact: true }).click()
  await page.getByLabel('Notes').fill(notes)
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click()
  await page.getByText(notes).first().waitFor()
}

async function notesOfVersions(doctor: User, id: string) {
  const { rows } = await historyOf(CONSULTATIONS)(callerOf(doctor), { id })
  return rows.map(({ row }) => row.notes)
}

/** As if its thirty days were over. */
async function endCredential({ id }: User) {
  await db.from('sync_devices').where('user_id', id).update({ credential_expires_at: '2026-01-01 00:00:00.000' })
}

/** While `work` runs, the server gives a service worker that is another than before. */
async function withNewRelease(work: () => Promise<void>) {
  const path = app.publicPath('app/sw.js')
  const former = await readFile(path, 'utf8')
  try {
    await writeFile(path, `${former}\n// Another release\n`)
    await work()
  } finally {
    await writeFile(path, former)
  }
}

async function rowsOf(page: Page, databases: string[]): Promise<number> {
  return page.evaluate(`(async () => {
    let rows = 0
    for (const name of ${JSON.stringify(databases)}) {
      const database = await new Promise((done) => {
        const request = indexedDB.open(name)
        request.onsuccess = () => done(request.result)
      })
      for (const store of database.objectStoreNames)
        rows += await new Promise((done) => {
          const request = database.transaction(store).objectStore(store).count()
          request.onsuccess = () => done(request.result)
        })
      database.close()
    }
    return rows
  })()`)
}
