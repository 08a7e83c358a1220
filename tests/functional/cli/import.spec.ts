import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { newUuid } from '#app/core/ids'
import { anEmptyHome, jsonOf, medinfo, medinfoJson } from '#tests/functional/cli/medinfo'

const HEADER = 'id,family_name,given_name,sex,dob'

/** A folder with a `patients.csv`; ids are new each time, since the database is shared by the whole run. */
async function anExport(cleanup: (end: () => Promise<void>) => void, ...rows: string[]) {
  const { home, remove } = await anEmptyHome()
  cleanup(remove)
  await writeFile(join(home, 'patients.csv'), [HEADER, ...rows.map((row) => `${newUuid()},${row}`), ''].join('\n'))
  return home
}

/** A database that fails at one row, as one does that is full or gone. */
async function refuseToInsert(family: string) {
  const isMysql = db.connection().dialect.name === 'mysql'
  const stop = isMysql
    ? `for each row begin if new.family_name = '${family}' then signal sqlstate '45000'; end if; end`
    : `when new.family_name = '${family}' begin select raise(abort, 'stopped'); end`
  await db.rawQuery(`create trigger stop_import before insert on patients ${stop}`)
}

async function countPatients(): Promise<number> {
  const { n } = await db.from('patients').count('* as n').first()
  return Number(n)
}

test.group('Import on the command line', () => {
  test('wants a mapping and a file', async ({ assert }) => {
    const { code, json } = await medinfoJson('import', '--file', 'somewhere')
    assert.equal(code, 2)
    assert.include(json.error.detail, '--mapping')
  })

  test('names a mapping or a file that is not there, with exit code 1', async ({ assert }) => {
    const mapping = await medinfoJson('import', '--mapping', 'no-such', '--file', '.')
    assert.equal(mapping.code, 1)
    assert.include(mapping.json.error.detail, 'no-such')
    const file = await medinfoJson('import', '--mapping', 'medinfo', '--file', '/no/such/folder')
    assert.equal(file.code, 1)
    assert.include(file.json.error.detail, '/no/such/folder')
  })

  test('a rejected row makes exit code 1, and comes out as it went in, with its reason', async ({
    assert,
    cleanup,
  }) => {
    const folder = await anExport(cleanup, 'Diallo,Awa,female,1988-04-02', 'Sow,Ousmane,male,1988-13-02')
    const rejects = join(folder, 'rejected.csv')
    const { code, json } = await medinfoJson('import', '--mapping', 'medinfo', '--file', folder, '--rejects', rejects)
    assert.equal(code, 1)
    assert.deepInclude(json, { rows_read: 2, created: 1, rejected: 1 })
    const rejected = await readFile(rejects, 'utf8')
    assert.match(rejected, new RegExp(`^${HEADER}\\n.*,Sow,Ousmane,male,1988-13-02`))
  })

  test('a rehearsal counts and writes nothing', async ({ assert, cleanup }) => {
    const folder = await anExport(cleanup, 'Diallo,Binta,female,1990-04-02')
    const before = await countPatients()
    const { code, json } = await medinfoJson('import', '--mapping', 'medinfo', '--file', folder, '--dry-run')
    assert.equal(code, 0)
    assert.equal(json.created, 1)
    assert.equal(await countPatients(), before)
  })

  test('shows its tables, is listed, and tells each rejected row later', async ({ assert, cleanup }) => {
    const folder = await anExport(cleanup, 'Ba,Fatou,female,1990-04-02', 'Ba,Omar,male,never')
    const { out, err } = await medinfo('import', '--mapping', 'medinfo', '--file', folder)
    assert.match(err, /patients\.csv/)
    const id = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(out)![0]
    const { data } = await jsonOf('import', 'list', '--limit', '5')
    const listed = data.find((run: { id: string }) => run.id === id)
    assert.deepInclude(listed, { mapping: 'medinfo', state: 'done', dry_run: false })
    assert.equal(listed.report.rejected, 1)
    const shown = await medinfoJson('import', 'show', '--id', id)
    assert.deepInclude(shown.json.data.notes[0], { file: 'patients.csv', line: 3, outcome: 'rejected' })
    const table = await medinfo('import', 'show', '--id', id)
    assert.include(table.out, 'patients.csv')
  })

  test('an import that the database stops says so, counts what is saved, and is completed by a second run', async ({
    assert,
    cleanup,
  }) => {
    const family = `Arret${newUuid().slice(-6)}`
    const rows = Array.from({ length: 1_200 }, (_, at) => `Ndiaye,Awa${at},female,1990-04-02`)
    const folder = await anExport(cleanup, ...rows, `${family},Awa,female,1990-04-02`)
    const before = await countPatients()
    await refuseToInsert(family)
    cleanup(() => db.rawQuery('drop trigger if exists stop_import'))
    const stopped = await medinfoJson('import', '--mapping', 'medinfo', '--file', folder)
    assert.equal(stopped.code, 1)
    assert.isString(stopped.json.error.title)
    assert.isAbove(stopped.json.created, 0)
    assert.equal(await countPatients(), before + stopped.json.created)
    await db.rawQuery('drop trigger stop_import')
    const { code, json } = await medinfoJson('import', '--mapping', 'medinfo', '--file', folder)
    assert.equal(code, 0)
    assert.deepInclude(json, { unchanged: stopped.json.created, rows_read: 1_201 })
    assert.equal(await countPatients(), before + 1_201)
  })

  test('an import that does not exist is not found', async ({ assert }) => {
    const { code, json } = await medinfoJson('import', 'show', '--id', newUuid())
    assert.equal(code, 1)
    assert.equal(json.error.code, 'not_found')
  })
})
