import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { Browser, Page } from 'playwright-core'
import { sealAudit } from '#app/audit/seal'
import Job from '#app/jobs/job'
import { runJob } from '#app/jobs/run_job'
import Role from '#app/users/role'
import User from '#app/users/user'
import { someone } from '#tests/acting'
import { openBrowser } from '#tests/browser'
import { builtBackOffice, officeAddress, officePage } from '#tests/e2e/back_office_door'
import { anAddress } from '#tests/functional/accounts/some_account'

const MOST_STEPS = 400

interface Named {
  matches(selector: string): boolean
  getAttribute(name: string): string | null
  labels?: ArrayLike<{ textContent: string }>
  textContent: string
}

/** By Tab alone, to what is called so; it may have the focus already. */
async function tabTo(page: Page, name: string, kind = '*') {
  for (let step = 0; step < MOST_STEPS; step++) {
    const isThere = await page.evaluate(
      ([wanted, selector]) => {
        const { activeElement } = (globalThis as unknown as { document: { activeElement: Named } }).document
        const label = activeElement.labels?.[0]?.textContent ?? activeElement.textContent
        const own = (activeElement.getAttribute('aria-label') ?? label).replace('*', '').replaceAll(/\s+/g, ' ').trim()
        return own.startsWith(wanted!) && activeElement.matches(selector!)
      },
      [name, kind]
    )
    if (isThere) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Nothing that is called ${name} takes the focus`)
}

async function typeInto(page: Page, name: string, text: string) {
  await tabTo(page, name, 'input, textarea, select')
  await page.keyboard.type(text)
}

async function press(page: Page, name: string, key = 'Enter', kind = 'a, button') {
  await tabTo(page, name, kind)
  await page.keyboard.press(key)
}

test.group('By the keyboard alone', (group) => {
  let browser: Browser
  let page: Page
  let admin: User
  group.setup(async () => {
    await builtBackOffice()
    browser = await openBrowser()
    return () => browser.close()
  })
  group.each.timeout(90_000)
  group.each.setup(async () => {
    admin = await someone('admin')
    page = await officePage(browser, admin, { acceptDownloads: true })
    return () => page.context().close()
  })

  test('somebody is invited', async ({ assert }) => {
    const email = anAddress()
    await page.goto(officeAddress('/resources/users'))
    await page.locator('.mi-table tbody tr').first().waitFor()
    await press(page, 'Inviter')
    await page.locator('#name').waitFor()
    await typeInto(page, 'Nom', 'Binta Sow')
    await typeInto(page, 'Adresse électronique', email)
    await press(page, 'Infirmerie', 'Space', 'input')
    await typeInto(page, 'Langue', 'fr')
    await press(page, 'Confirmer')
    await page.getByText('L’invitation part.').waitFor()
    const invited = await User.query().where('email', email).preload('roles').firstOrFail()
    assert.deepEqual(
      invited.roles.map(({ name }) => name),
      ['nurse']
    )
  })

  test('a role is given a permission, and loses it', async ({ assert }) => {
    const has = async () => {
      const role = await Role.query().where('name', 'lab').preload('permissions').firstOrFail()
      return role.permissions.some(({ name }) => name === 'patients.view_any')
    }
    const box = 'Laboratoire : Voir tous les patients'
    await page.goto(officeAddress('/pages/permissions'))
    await page.getByLabel(box, { exact: true }).waitFor()
    const before = await has()
    for (const done of [!before, before]) {
      await press(page, box, 'Space', 'input')
      await page.getByRole('dialog').waitFor()
      await typeInto(page, 'Motif', 'Essai au clavier')
      await press(page, 'Confirmer')
      await page.getByText(done ? 'La permission est donnée.' : 'La permission est reprise.').waitFor()
      assert.equal(await has(), done)
      await page
        .getByLabel(box, { exact: true })
        .and(page.locator(done ? ':checked' : ':not(:checked)'))
        .waitFor()
    }
  })

  test('the audit is narrowed, exported and verified', async ({ assert }) => {
    await page.goto(officeAddress('/resources/audit_logs'))
    await page.locator('.mi-table tbody tr').first().waitFor()
    await press(page, 'Filtrer')
    await page.locator('dialog form').waitFor()
    await typeInto(page, 'Utilisateur', admin.email!)
    await page.keyboard.press('Enter')
    await page.waitForURL(/filters\.user=/)
    await sealAudit(db.connection())
    await page.goto(officeAddress('/pages/audit_proof'))
    await page.getByText('Dernier point de contrôle').waitFor()
    await typeInto(page, 'Utilisateur', admin.email!)
    const downloading = page.waitForEvent('download')
    await press(page, 'Exporter')
    assert.match((await downloading).suggestedFilename(), /^audit-.*\.csv$/)
    await press(page, 'Vérifier le journal')
    await page.getByText(/lignes? relues? ;/).waitFor()
  })

  test('files are sent, tried and imported', async ({ assert }) => {
    await page.goto(officeAddress('/pages/imports'))
    await page.getByRole('heading', { name: 'Importer', exact: true }).waitFor()
    await typeInto(page, 'Modèle', 'clinique')
    const choosing = page.waitForEvent('filechooser')
    await press(page, 'Ajouter des fichiers CSV', 'Enter', 'button, input')
    await (await choosing).setFiles(app.makePath('resources/samples/clinique/medecins.csv'))
    await page.getByRole('button', { name: 'Retirer medecins.csv' }).waitFor()
    await press(page, 'Essayer sans rien écrire')
    await page.getByText(/Essai terminé/).waitFor()
    await press(page, 'Importer', 'Enter', 'button')
    await page.getByText('L’import attend que le serveur le prenne.').waitFor()
    const job = await Job.query().where({ kind: 'imports.run', requestedBy: admin.id }).firstOrFail()
    assert.equal(await runJob(job.uuid), 'done')
    await page.getByText('L’import est terminé.').waitFor()
    await press(page, 'Ouvrir cet import dans la liste')
    await page.locator('.mi-detail').first().waitFor()
  })

  test('keys are changed', async ({ assert }) => {
    await Job.query().where('kind', 'like', 'keys.%').delete()
    await page.goto(officeAddress('/pages/keys'))
    await page.getByText('Aucun changement n’est en cours').waitFor()
    await press(page, 'Changer la clé maîtresse')
    await page.getByRole('dialog').waitFor()
    await typeInto(page, 'Motif', 'Changement de l’année')
    await press(page, 'Confirmer')
    await page.getByText('Le changement est demandé').waitFor()
    const job = await Job.query().where('kind', 'like', 'keys.%').firstOrFail()
    assert.equal(await runJob(job.uuid), 'done')
    await page.getByText('Fait').first().waitFor()
  })
})
