import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { BadSource } from '#app/mappings/source_problems'
import { aPerson, LegacySystem } from '#tests/functional/imports/legacy_system'

const HEADER = 'id,family_name,given_name,sex,dob'
const latin1 = (text: string) => Buffer.from(text, 'latin1')

/** As an operator does, in an editor. */
async function correct(file: string) {
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace(',F,', ',female,'))
}

test.group('The file of rejected rows', () => {
  test('holds them byte for byte, under the header of their file', async ({ assert }) => {
    const system = await LegacySystem.create()
    const header = `\u{feff}${HEADER}\r\n`
    const bad = [
      '1,"Ba, dit ""le Grand""",Awa,F,1980-01-01\r\n',
      '2,Sarr,Zoé,female\r\n',
      '3,"two\nlines",Awa,female,1980-13-01\r\n',
      '4,Last,Awa,female,31/12/1980',
    ]
    await system.write('patients.csv', `${header}${bad[0]}${bad[1]}9,Good,Awa,female,1980-01-01\r\n${bad[2]}${bad[3]}`)
    const rejects = system.path('out/rejected.csv')
    await system.import({ path: system.path('patients.csv'), rejects, sentence: ({ code }) => `=because ${code}` })
    assert.equal(await readFile(rejects, 'utf8'), header + bad.join(''))
    const { mode } = await stat(rejects)
    assert.equal(mode & 0o777, 0o600)
    const reasons = await readFile(system.path('out/rejected.reasons.csv'), 'utf8')
    assert.deepEqual(reasons.split('\n').slice(0, 3), [
      'file,line,column,code,reason',
      "patients.csv,2,sex,enum,'=because enum",
      "patients.csv,3,,ragged_row,'=because ragged_row",
    ])
  })

  test('keeps bytes that are no text in its encoding', async ({ assert }) => {
    const system = await LegacySystem.create()
    const bad = latin1('6,Gu\xe8ye,Awa,female,1980-01-01\n')
    await system.write('patients.csv', Buffer.concat([Buffer.from(`${HEADER}\n5,Zoé,Awa,female,1980-01-01\n`), bad]))
    const rejects = system.path('rejected.csv')
    await system.import({ path: system.path('patients.csv'), rejects })
    assert.deepEqual(await readFile(rejects), Buffer.concat([Buffer.from(`${HEADER}\n`), bad]))
  })

  test('corrected, it is imported as the file that it came from', async ({ assert }) => {
    const system = await LegacySystem.create()
    const wrong = aPerson({ sex: 'F' })
    await system.write('patients.csv', [aPerson(), wrong])
    await system.write('consultations.csv', [{ id: 'c1', patient: wrong.id!, date: '2020-01-01' }])
    const rejects = system.path('rejected')
    assert.containsSubset(await system.import({ rejects }), { created: 1, rejected: 2 })
    const file = join(rejects, 'patients.csv')
    await correct(file)
    for (const name of ['patients', 'consultations']) {
      const again = await system.import({ path: join(rejects, `${name}.csv`), as: name })
      assert.containsSubset(again, { rows_read: 1, created: 1, rejected: 0 })
    }
    assert.containsSubset(await system.import(), { created: 0, rejected: 1, unchanged: 2 })
  })

  test('a whole folder of them is imported at once', async ({ assert }) => {
    const system = await LegacySystem.create()
    const wrong = aPerson({ sex: 'F' })
    await system.write('patients.csv', [wrong])
    await system.write('consultations.csv', [{ id: 'c1', patient: wrong.id!, date: '2020-01-01' }])
    const rejects = system.path('rejected')
    await system.import({ rejects })
    const file = join(rejects, 'patients.csv')
    await correct(file)
    assert.containsSubset(await system.import({ path: rejects }), { created: 2, rejected: 0 })
  })

  test('replaces what an earlier run left there, and nothing else', async ({ assert }) => {
    const system = await LegacySystem.create()
    const wrong = aPerson({ sex: 'F' })
    await system.write('patients.csv', [wrong])
    await system.write('users.csv', [{ id: 'u1', name: 'Dr Ba' }])
    const rejects = system.path('rejected')
    await system.import({ rejects })
    await system.write('patients.csv', [{ ...wrong, sex: 'female' }])
    await system.import({ rejects })
    await assert.rejects(() => stat(join(rejects, 'patients.csv')), /ENOENT/)

    const [mine, source] = [system.path('mine.csv'), system.path('patients.csv')]
    await writeFile(mine, 'mine')
    await assert.rejects(() => system.import({ path: source, rejects: mine }), BadSource, /rejects_not_ours/)
    await assert.rejects(() => system.import({ path: source, rejects: source }), BadSource, /rejects_over_source/)
    await assert.rejects(() => system.import({ rejects: system.folder }), BadSource, /rejects_over_source/)
    const below = join(mine, 'rejected.csv')
    await assert.rejects(() => system.import({ path: source, rejects: below }), BadSource, /rejects_not_writable/)
    assert.equal(await readFile(mine, 'utf8'), 'mine')
  })
})
