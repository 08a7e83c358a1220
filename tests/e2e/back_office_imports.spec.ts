import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { test } from '@japa/runner'
import type { Browser, Page } from 'playwright-core'
import ImportRun from '#app/imports/import_run'
import Job from '#app/jobs/job'
import { runJob } from '#app/jobs/run_job'
import { someone } from '#tests/acting'
import { DESKTOP, openBrowser, PHONE, pictureOf } from '#tests/browser'
import { builtBackOffice, officeAddress, officePage } from '#tests/e2e/back_office_door'
import { foreignTexts, watched } from '#tests/e2e/back_office_texts'
import { overflow, seriousFindings } from '#tests/e2e/prepared_device'
import { countOf, notesOf } from '#tests/functional/imports/legacy_system'

const FILES = ['medecins.csv', 'patients.csv', 'visites.csv', 'analyses.csv']

const plain = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** The sample of another seed, so that no other test has its people, and a source of its own. */
async function anotherSample(folder: string) {
  await promisify(execFile)(process.execPath, ['tools/make_sample.mjs', '--seed', '20261123', '--out', folder])
  const flaws = JSON.parse(await readFile(join(folder, 'flaws.json'), 'utf8')) as Record<string, number>
  return { flaws, source: `clinique-${randomBytes(4).toString('hex')}` }
}

test.group('Imports in the back office, in a browser', (group) => {
  let browser: Browser
  let folder: string
  group.setup(async () => {
    await builtBackOffice()
    browser = await openBrowser()
    folder = await mkdtemp(join(tmpdir(), 'medinfo-imports-'))
    return async () => {
      await browser.close()
      await rm(folder, { recursive: true, force: true })
    }
  })

  /** In French but for names of files and mappings, and what the server says of a row or of a mapping. */
  async function looked(page: Page, assert: any, name: string, data: Set<string>) {
    for (const typed of await page.locator('textarea').allTextContents()) data.add(plain(typed))
    for (const [form, size] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
      await page.setViewportSize(size)
      await page.screenshot({ path: await pictureOf(`admin-imports-${name}-${form}`), fullPage: true })
      assert.deepEqual(await seriousFindings(page), [], `${name} ${form}`)
      assert.isAtMost(await overflow(page), 0, `${name} ${form}`)
      const foreign = await foreignTexts(page, data)
      // What a check of the database found.
      assert.deepEqual(
        foreign.filter((each) => !/^(\d+ )?ok$/.test(each)),
        [],
        `${name} ${form}`
      )
    }
    await page.setViewportSize(DESKTOP)
  }

  /** As the server does every two seconds; a test's serves no jobs. */
  async function workJobs(user: { id: number }) {
    const job = await Job.query()
      .where({ kind: 'imports.run', requestedBy: user.id })
      .orderBy('id', 'desc')
      .firstOrFail()
    return runJob(job.uuid)
  }

  /** Why each visit was not taken, in their order. */
  async function reasonsOf({ id }: { id: number }) {
    const { uuid } = await ImportRun.query().where('userId', id).firstOrFail()
    const notes = await notesOf(uuid)
    const visits = notes.filter(({ file, outcome }) => file === 'visites.csv' && outcome === 'rejected')
    return visits.map(({ code }) => code)
  }

  test('files of an old clinic are tried, imported, corrected and imported again, and nothing twice', async ({
    assert,
  }) => {
    const { flaws, source } = await anotherSample(folder)
    const user = await someone('admin')
    const page = await officePage(browser, user, { acceptDownloads: true })
    const { complaints, data } = watched(page)
    for (const name of [user.name, 'clinique', 'medinfo', 'synthea', ...FILES]) data.add(name)
    await page.goto(officeAddress('/pages/imports'))
    await page.getByRole('heading', { name: 'Importer', exact: true }).waitFor()
    await looked(page, assert, 'empty', data)

    await page.getByRole('combobox', { name: 'Modèle' }).selectOption('clinique')
    await button(page, 'Modifier ce modèle').click()
    const text = page.getByLabel('Texte du modèle (YAML)')
    const shipped = await text.inputValue()
    await text.fill(shipped.replace('entity: patient', 'entity: patiente'))
    await button(page, 'Vérifier le modèle').click()
    const told = page.getByText(/Modèle d’import, ligne \d+/)
    data.add(plain((await told.textContent())!))
    await looked(page, assert, 'mapping', data)
    const prefixed = 'mrn: { join: [{ constant: NAVIG }, NumDossier], with: "-" }'
    await text.fill(shipped.replace('source: clinique', `source: ${source}`).replace('mrn: NumDossier', prefixed))
    await button(page, 'Vérifier le modèle').click()
    await page.getByText('Le modèle est correct.').waitFor()

    const choose = page.getByLabel('Ajouter des fichiers CSV')
    await choose.setInputFiles({ name: 'photo.csv', mimeType: 'text/csv', buffer: Buffer.from([0x89, 0x50, 0, 1]) })
    await page.getByText('Ce fichier n’est pas du texte').waitFor()
    await choose.setInputFiles(FILES.map((name) => join(folder, name)))
    await button(page, 'Retirer analyses.csv').waitFor()
    assert.equal(await page.getByLabel('Ce qu’est visites.csv').inputValue(), 'visites.csv')

    const before = await countOf('select count(*) from patients')
    await button(page, 'Essayer sans rien écrire').click()
    await page.getByText(/Essai terminé/).waitFor()
    await looked(page, assert, 'trial', data)
    assert.equal(await countOf('select count(*) from patients'), before)

    await button(page, 'Importer').click()
    await page.getByText('L’import attend que le serveur le prenne.').waitFor()
    const working = workJobs(user)
    await page.getByText('L’import est terminé.').waitFor()
    assert.equal(await working, 'done')
    await page.getByRole('link', { name: 'Télécharger visites.csv' }).waitFor()
    await looked(page, assert, 'done', data)
    const rejected =
      flaws.visits_day_and_month_swapped! +
      flaws.visits_of_unknown_patient! +
      flaws.visits_stray_delimiter! +
      flaws.visits_unbalanced_quote!

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Télécharger visites.csv' }).click(),
    ])
    const corrected = join(folder, 'visites (1).csv')
    const known = (await readFile(join(folder, 'patients.csv'), 'latin1')).split('\r\n')[1]!.split(';')[0]!
    const rows = await readFile(await download.path(), 'latin1')
    assert.lengthOf(rows.trimEnd().split('\r\n'), rejected + 1)
    await writeFile(corrected, asCorrected(rows, await reasonsOf(user), known), 'latin1')

    await choose.setInputFiles(corrected)
    await button(page, 'Retirer visites (1).csv').waitFor()
    assert.equal(await page.getByLabel('Ce qu’est visites (1).csv').inputValue(), 'visites.csv')
    await page.getByText(/Absents : medecins.csv/).waitFor()
    const visits = () => countOf('select count(*) from consultations')
    const after = await visits()
    await button(page, 'Importer').click()
    await page.getByText('L’import attend que le serveur le prenne.').waitFor()
    await workJobs(user)
    await page.getByText('L’import est terminé.').waitFor()
    assert.equal((await visits()) - after, rejected)

    await choose.setInputFiles(corrected)
    await button(page, 'Retirer visites (1).csv').waitFor()
    await button(page, 'Importer').click()
    await page.getByText('L’import attend que le serveur le prenne.').waitFor()
    await workJobs(user)
    await page.getByText('L’import est terminé.').waitFor()
    assert.equal((await visits()) - after, rejected)

    await page.getByRole('link', { name: 'Ouvrir cet import dans la liste' }).click()
    await page.getByRole('heading', { name: 'clinique-edited.yml' }).waitFor()
    await looked(page, assert, 'detail', data)
    await page.goto(officeAddress('/resources/import_runs'))
    await page.locator('.mi-table tbody tr').nth(2).waitFor()
    await looked(page, assert, 'list', data)
    // A browser tells of each refusal.
    assert.deepEqual(
      complaints.filter((each) => !each.includes('422')),
      []
    )
    await page.context().close()
  }).timeout(300_000)
})

/** As somebody would: day and month the other way round, a known patient, no stray delimiter, no stray quote. */
function asCorrected(text: string, codes: string[], known: string): string {
  const [header, ...rows] = text.trimEnd().split('\r\n')
  const corrected = rows.map((row, at) => {
    const [code, cells] = [codes[at]!, row.split(';')]
    if (code === 'unreadable_date') cells[3] = cells[3]!.replace(/(\d+)\/(\d+)\//, '$2/$1/')
    if (code === 'reference_not_found') cells[1] = known
    if (code === 'ragged_row') cells.splice(11, cells.length, cells.slice(11).join(','))
    return cells.join(';').replaceAll('"', code === 'unbalanced_quotes' ? '' : '"')
  })
  return `${[header, ...corrected].join('\r\n')}\r\n`
}
