import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { auditKeys } from '#app/audit/audit_keys'
import { recordRefusals } from '#app/audit/record'
import { sealAudit } from '#app/audit/seal'
import { callerOf, someone } from '#tests/acting'
import { DESKTOP, openBrowser, pictureOf } from '#tests/browser'
import { seriousFindings, signedIn } from '#tests/e2e/prepared_device'
import { withoutTriggers } from '#tests/functional/audit/some_audit'

const run = promisify(execFile)
const address = (path = '') => `http://127.0.0.1:${process.env.PORT}/admin${path}`
const LIST = '/resources/audit_logs'

/** The components as the server gives them. */
async function builtBackOffice() {
  const script = `import('./tools/build_back_office.mjs').then(({ buildBackOffice }) => buildBackOffice({ outDir: process.env.OUT_DIR }))`
  const env = { ...process.env, NODE_ENV: 'production', OUT_DIR: app.publicPath('admin') }
  await run(process.execPath, ['-e', script], { env })
}

test.group('The audit in the back office', (group) => {
  let browser: Browser
  let folder: string
  let context: BrowserContext
  let page: Page
  const complaints: string[] = []
  group.setup(async () => {
    await builtBackOffice()
    browser = await openBrowser()
    folder = await mkdtemp(join(tmpdir(), 'medinfo-audit-'))
    return async () => {
      await browser.close()
      await rm(folder, { recursive: true, force: true })
    }
  })
  group.each.timeout(180_000)
  group.each.setup(async () => {
    context = await browser.newContext({ locale: 'fr-FR', viewport: DESKTOP, acceptDownloads: true })
    await signedIn(context, await someone('admin'), address())
    page = await context.newPage()
    complaints.length = 0
    page.on('pageerror', (error) => complaints.push(String(error)))
    return () => context.close()
  })

  /** Entries of somebody’s, sealed. */
  async function someEntries(action: string, count: number) {
    const user = await someone('nurse')
    const entry = { action, outcome: 'refused' as const, details: { field: 'phone' } }
    const told = Array.from({ length: count }, () => ({ caller: callerOf(user), entry }))
    await recordRefusals(db.connection(), told)
    await sealAudit(db.connection())
    return user
  }

  test('is narrowed by person and outcome, and an entry is opened with all it says', async ({ assert }) => {
    const user = await someEntries('tests.looked_at', 3)
    await page.goto(address(`${LIST}?filters.user=${user.uuid}&filters.outcome=refused`))
    await page.getByText('tests.looked_at').first().waitFor()
    assert.equal(await page.getByText('tests.looked_at').count(), 3)
    await page.screenshot({ path: await pictureOf('admin-audit-list') })
    await page.locator('tbody a').first().click()
    await page.locator('pre').filter({ hasText: '"field": "phone"' }).waitFor()
    await page.getByText('Code d’authentification').waitFor()
    assert.equal(await page.getByText(/^(Modifier|Supprimer|Edit|Delete)$/).count(), 0)
    await page.screenshot({ path: await pictureOf('admin-audit-entry'), fullPage: true })
    assert.deepEqual(complaints, [])
  })

  test('is exported to a file that the auditor’s program finds whole', async ({ assert }) => {
    const user = await someEntries('tests.exported', 5)
    await page.goto(address('/pages/audit_proof'))
    await page.getByRole('heading', { name: 'Preuve du journal d’audit' }).waitFor()
    await page.getByText('Dernier point de contrôle').waitFor()
    await page.screenshot({ path: await pictureOf('admin-audit-proof'), fullPage: true })
    assert.deepEqual(await seriousFindings(page), [])
    await page.getByLabel('Utilisateur (adresse électronique ou identifiant)').fill(user.email!)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Exporter' }).click(),
    ])
    const file = join(folder, download.suggestedFilename())
    assert.match(file, /\.csv$/)
    await download.saveAs(file)
    const { verifiers } = await auditKeys(db.connection())
    const { stdout } = await run(process.execPath, ['tools/verify-audit.mjs', file, '--vkey', verifiers.at(-1)!.vkey])
    assert.match(stdout, /5 lignes vérifiées/)
    assert.deepEqual(complaints, [])
  })

  test('is verified by a button, and a row that somebody altered is told in words', async ({ assert }) => {
    const user = await someEntries('tests.altered', 2)
    const row = await db.from('audit_logs').where('user_id', user.id).where('action', 'tests.altered').firstOrFail()
    const alter = (details: string) =>
      withoutTriggers(db.connection(), () => db.from('audit_logs').where('id', row.id).update({ details }))
    await page.goto(address('/pages/audit_proof'))
    const told = page.getByText(`FAUX : une ligne a été modifiée : ligne ${row.uid}`)
    const verify = async () => {
      await page.getByRole('button', { name: 'Vérifier le journal' }).click()
      await page.getByText(/lignes? relues? ;/).waitFor()
    }
    await verify()
    assert.equal(await told.count(), 0)
    await alter('{"via":"api","field":"other"}')
    try {
      await verify()
      await told.waitFor()
      await page.getByText('Le journal d’audit n’est PAS intact').waitFor()
      await page.screenshot({ path: await pictureOf('admin-audit-altered'), fullPage: true })
    } finally {
      await alter(row.details as string)
    }
    assert.deepEqual(complaints, [])
  })
})
