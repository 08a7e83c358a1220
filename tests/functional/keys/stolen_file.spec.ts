import { mkdtemp, rm } from 'node:fs/promises'
import { readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import Sqlite from 'better-sqlite3'
import { anEmptyHome } from '#tests/functional/cli/medinfo'
import { fill, FORMS, Search, SETTINGS, type Found } from '#tests/functional/keys/stolen'

test.group('A stolen data folder, with SQLite', (group) => {
  let home: string
  let secrets: Set<string>
  group.setup(async () => {
    const made = await anEmptyHome()
    home = made.home
    const exports = await mkdtemp(join(tmpdir(), 'medinfo-exports-'))
    // Whoever has it open keeps the write-ahead log, as a server that serves does.
    let held: Sqlite.Database | undefined
    const hold = () => (held ??= new Sqlite(join(home, 'data/medinfo.sqlite')))
    secrets = await fill(home, exports, { ...SETTINGS, DB_CONNECTION: 'sqlite' }, hold)
    return async () => {
      held?.close()
      await made.remove()
      await rm(exports, { recursive: true })
    }
  })

  /** By file of the folder, what is found there. */
  function grep(texts: Iterable<string>): Record<string, Found[]> {
    const search = new Search(texts)
    const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    const found = files.map(({ parentPath, name }) => [name, search.in(readFileSync(join(parentPath, name)))] as const)
    return Object.fromEntries(found.filter(([, told]) => told.length))
  }

  test('shows no diagnosis, medicine, telephone, national id, e-mail or address of a patient, in no form', ({
    assert,
  }) => {
    assert.isAtLeast(secrets.size, 500)
    const database = new Sqlite(join(home, 'data/medinfo.sqlite'))
    assert.isAtLeast(database.prepare('select count(diagnosis) from consultations').pluck().get() as number, 300)
    database.close()
    assert.deepEqual(grep(secrets), {})
    assert.isAbove(grep(['Zoungrana'])['medinfo.sqlite']!.length, 0, 'control: a name is found')
  })

  test('control: a text that stands there is found in each form, and in the log once it was deleted', ({ assert }) => {
    const planted = 'Paludisme grave à Plasmodium'
    const database = new Sqlite(join(home, 'data/medinfo.sqlite'))
    const insert = database.prepare('insert into settings (name, value, created_at, updated_at) values (?, ?, 0, 0)')
    for (const [form, write] of Object.entries(FORMS)) insert.run(form, write(planted)[0])
    database.exec('delete from settings')
    const found = grep([planted])['medinfo.sqlite-wal']!
    database.close()
    assert.sameMembers(
      found.map(({ form }) => form),
      Object.keys(FORMS)
    )
  })
})
