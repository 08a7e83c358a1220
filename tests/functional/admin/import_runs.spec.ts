import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { newUuid } from '#app/core/ids'
import { callerOf, someone } from '#tests/acting'
import { officeAllowed, officeWith, toldOf, type Office } from '#tests/functional/admin/office'
import { aPerson, LegacySystem } from '#tests/functional/imports/legacy_system'

const RESOURCE = 'import_runs'

/** An import of two rows, of which one is refused. */
async function anImport() {
  const user = await someone('admin')
  const system = await LegacySystem.create()
  await system.write('patients.csv', [aPerson(), aPerson({ sex: '<b>F</b>' })])
  const report = await system.import({}, callerOf(user))
  return { user, system, id: report.run_id }
}

async function listed(office: Office, query = '') {
  const { body } = await office.list(RESOURCE, `perPage=100&${query}`)
  return body.records!.map(({ id }) => id)
}

test.group('Past imports in the back office are refused', () => {
  for (const role of ['doctor', 'nurse', 'lab', 'reception', 'patient'])
    test(`to the role ${role}, as a list and as one`, async ({ assert }) => {
      const { id } = await anImport()
      const office = await officeWith(role)
      for (const answer of [await office.list(RESOURCE), await office.show(RESOURCE, id)])
        assert.deepEqual([answer.status, answer.body.code], [403, 'forbidden'])
    })

  test('to whoever enters and may not import, which is in the audit', async ({ assert }) => {
    const { id } = await anImport()
    const office = await officeAllowed('users.view')
    for (const [answer, action] of [
      [await office.list(RESOURCE), 'imports.browse'],
      [await office.show(RESOURCE, id), 'imports.open'],
    ] as const) {
      assert.equal(answer.status, 403)
      assert.deepInclude((await toldOf(answer)).at(-1), { action, outcome: 'refused' })
    }
  })

  test('where there is none of that name', async ({ assert }) => {
    const office = await officeAllowed('imports.run')
    for (const id of [newUuid(), '1', '%'])
      assert.include([404, 422], (await office.show(RESOURCE, encodeURIComponent(id))).status, id)
  })
})

test.group('Past imports in the back office', () => {
  test('are listed with who, which files and how many rows', async ({ assert }) => {
    const { user, id } = await anImport()
    const office = await officeAllowed('imports.run')
    const { body } = await office.list(RESOURCE)
    const { params } = body.records!.find((record) => record.id === id)!
    assert.deepInclude(params, {
      ...{ state: 'done', mapping: 'mapping.yml', person: user.name, rows_read: 2, rejected: 1 },
      'files.0': 'patients.csv',
    })
    assert.isUndefined(params['files.1'])
  })

  test('are narrowed by state, mapping and when', async ({ assert }) => {
    const { id } = await anImport()
    const office = await officeAllowed('imports.run')
    assert.include(await listed(office, 'filters.state=done&filters.mapping=mapping'), id)
    assert.notInclude(await listed(office, 'filters.state=failed'), id)
    for (const mapping of ['%', 'mapping.yml2', 'modèle'])
      assert.deepEqual(await listed(office, `filters.mapping=${encodeURIComponent(mapping)}`), [])
    const at = (seconds: number) => encodeURIComponent(new Date(Date.now() + seconds * 1000).toISOString())
    assert.include(await listed(office, `filters.started_at~~from=${at(-60)}&filters.started_at~~to=${at(60)}`), id)
    assert.notInclude(await listed(office, `filters.started_at~~from=${at(60)}`), id)
    assert.notInclude(await listed(office, `filters.started_at~~to=${at(-60)}`), id)
  })

  test('are shown with the report, and why rows were not taken, in the reader’s language', async ({ assert }) => {
    const { id } = await anImport()
    const office = await officeAllowed('imports.run')
    const shown = async () => (await office.show(RESOURCE, id)).body.record!.params
    const params = await shown()
    assert.deepInclude(params, { 'counts.0.outcome': 'created', 'counts.0.count': 1, 'checks.0.ok': true })
    assert.deepInclude(params, { 'notes.0.file': 'patients.csv', 'notes.0.line': 3, 'notes.0.column': 'sex' })
    assert.match(params['notes.0.reason'] as string, /^(La|Le|Cette|Valeur)/)
    assert.isUndefined(params['notes.1.file'])
    await db.from('users').where('id', office.user.id).update({ language: 'en' })
    assert.notEqual((await shown())['notes.0.reason'], params['notes.0.reason'])
  })

  test('say nothing of what the rows held', async ({ assert }) => {
    const { id } = await anImport()
    const office = await officeAllowed('imports.run')
    const text = JSON.stringify([(await office.list(RESOURCE)).body.records, (await office.show(RESOURCE, id)).body])
    assert.notMatch(text, /Famille\d|<b>|1980-05-17/)
  })

  test('that never ended, and those of former releases, are shown as far as they are known', async ({ assert }) => {
    const office = await officeAllowed('imports.run')
    const [running, former] = [await anImport(), await anImport()]
    await db.from('import_runs').where('uuid', running.id).update({ state: 'running', report: null, finished_at: null })
    const { report } = await db.from('import_runs').where('uuid', former.id).firstOrFail()
    const { files: _, ...without } = JSON.parse(report as string) as { files: string[] }
    await db
      .from('import_runs')
      .where('uuid', former.id)
      .update({ report: JSON.stringify(without) })
    for (const { id } of [running, former]) {
      const { status, body } = await office.show(RESOURCE, id)
      assert.equal(status, 200)
      assert.isUndefined(body.record!.params['files.0'])
    }
    assert.include(await listed(office, 'filters.state=running'), running.id)
  })
})
