import { symlink } from 'node:fs/promises'
import { test } from '@japa/runner'
import { Forbidden } from '#app/core/problem'
import { BadMapping, BadSource } from '#app/mappings/source_problems'
import { aPerson, countOf, LegacySystem, notesOf, recordsOf, rowsOf } from '#tests/functional/imports/legacy_system'
import { callerOf, someone } from '#tests/acting'

const HEADER = 'id,family_name,given_name,sex,dob'

test.group('Import what cannot be read', () => {
  test('refuses a caller without the permission, and tells the audit', async ({ assert }) => {
    const system = await LegacySystem.create()
    await system.write('patients.csv', [aPerson()])
    const doctor = await someone('doctor')
    for (const dryRun of [false, true])
      await assert.rejects(() => system.import({ dryRun }, callerOf(doctor)), Forbidden)
    const refused = await rowsOf(
      "select outcome from audit_logs where user_id = ? and action = 'imports.start' order by id",
      [doctor.id]
    )
    assert.deepEqual(
      refused.map(({ outcome }) => outcome),
      ['refused', 'refused']
    )
    assert.equal(await countOf('select count(*) from import_runs where source = ?', [system.source]), 0)
  })

  test('a wrong mapping is refused with its line and key before anything is written', async ({ assert }) => {
    const system = await LegacySystem.create(
      'mapping: 1\nsource: x\nfiles:\n  - file: patients.csv\n    lookup: true\n    key: id\n    delimeter: x\n'
    )
    await system.write('patients.csv', [aPerson()])
    const error: BadMapping = await system.import().then(
      () => assert.fail('it was taken'),
      (thrown) => thrown
    )
    assert.instanceOf(error, BadMapping)
    assert.deepEqual([error.code, error.line, error.key], ['key_unknown', 7, 'files.0.delimeter'])
    assert.equal(await countOf('select count(*) from import_runs where source = ?', [system.source]), 0)
  })

  test('a folder that is not there, and one without any of the files', async ({ assert }) => {
    const system = await LegacySystem.create()
    await assert.rejects(() => system.import({ path: system.path('nowhere') }), BadSource, /source_missing/)
    await assert.rejects(() => system.import(), BadSource, /no_file_found/)
  })

  test('a missing file is refused before the first row of another is written', async ({ assert }) => {
    const text = `mapping: 1
source: x
files:
  - { file: a.csv, entity: patient, key: id, fields: { family_name: n, given_name: n, sex: { constant: other }, dob: d } }
  - { file: b.csv, entity: patient, key: id, fields: { family_name: n, given_name: n, sex: { constant: other }, dob: d } }
`
    const system = await LegacySystem.create(text)
    await system.write('a.csv', 'id,n,d\n1,Ba,1980-01-01\n')
    await assert.rejects(() => system.import(), BadSource, /missing_file.*b\.csv/)
    await system.write('b.csv', 'id,nom,d\n1,Ba,1980-01-01\n')
    await assert.rejects(() => system.import(), BadSource, /missing_column.*b\.csv/)
    assert.equal(await countOf('select count(*) from import_links where file = ?', ['a.csv']), 0)
    const runs = await rowsOf('select state from import_runs where source = ?', [system.source])
    assert.deepEqual(
      runs.map(({ state }) => state),
      ['failed']
    )
  })

  test('a file that leads out of the folder is not read', async ({ assert }) => {
    const system = await LegacySystem.create()
    await symlink('/etc/passwd', system.path('patients.csv'))
    await assert.rejects(() => system.import(), BadSource, /path_escape/)
  })

  test('a byte order mark is no part of the first column', async ({ assert }) => {
    const system = await LegacySystem.create()
    await system.write('patients.csv', `\u{feff}${HEADER}\r\n1,Ba,Awa,female,1980-01-01\r\n`)
    assert.containsSubset(await system.import(), { created: 1, rejected: 0 })
  })

  test('a file in windows-1252 keeps its accents, UTF-16 is refused', async ({ assert }) => {
    const system = await LegacySystem.create()
    await system.write('patients.csv', Buffer.from(`${HEADER}\n1,N\xe9ron,Zo\xe9,female,1980-01-01\n`, 'latin1'))
    const report = await system.import()
    const [patient] = await recordsOf(report.run_id, 'patient', 'patients')
    assert.deepEqual([patient.family_name, patient.given_name], ['Néron', 'Zoé'])
    await system.write('patients.csv', Buffer.from(`\u{feff}${HEADER}\n`, 'utf16le'))
    await assert.rejects(() => system.import(), BadSource, /encoding_not_supported/)
  })

  test('ragged rows, unbalanced quotes and bad bytes cost themselves and no other row', async ({ assert }) => {
    const system = await LegacySystem.create()
    const rows = [
      HEADER,
      '1,Ba,Awa,female,1980-01-01',
      '2,Sarr,Awa,female',
      '3,Seck,Awa,female,1980-01-01,more',
      '4,"Fall,Awa,female,1980-01-01',
      '5,Faye,Zoé,female,1980-01-01',
    ]
    const bad = Buffer.from('6,Gu\xe8ye,Awa,female,1980-01-01\n', 'latin1')
    await system.write('patients.csv', Buffer.concat([Buffer.from(`${rows.join('\n')}\n`), bad]))
    const report = await system.import()
    assert.containsSubset(report, { rows_read: 6, created: 2, rejected: 4 })
    const notes = await notesOf(report.run_id)
    assert.deepEqual(
      notes.map(({ line, code }) => [line, code]),
      [
        [3, 'ragged_row'],
        [4, 'ragged_row'],
        [5, 'unbalanced_quotes'],
        [7, 'bad_encoding'],
      ]
    )
  })
})
