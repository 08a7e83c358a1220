import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import mysql from 'mysql2/promise'
import { anEmptyHome } from '#tests/functional/cli/medinfo'
import { fill, FORMS, Search, SETTINGS, type Found } from '#tests/functional/keys/stolen'
import { environmentOf, startServices, type RunningServices } from '../../tools/services.mjs'

type Server = Pick<RunningServices, 'mariadb' | 'folder' | 'stop'>

/** By name of the file, what is found in it. */
type Finds = Record<string, Found[]>

test.group('A stolen MariaDB', (group) => {
  let server: Server
  let database: mysql.Connection
  let secrets: Set<string>
  group.setup(async () => {
    server = await startServices(['mariadb'], { binlog: true })
    const { host, port, user } = server.mariadb
    const settings: Record<string, string> = { ...SETTINGS, ...environmentOf(server) }
    const [{ home, remove }, exports] = [await anEmptyHome(), await mkdtemp(join(tmpdir(), 'medinfo-exports-'))]
    database = await mysql.createConnection({ host, port, user, database: settings.DB_DATABASE! })
    // Every statement as it arrives, with its values.
    const log = () => database.query(`set global general_log_file = 'statements.log', global general_log = 1`)
    secrets = await fill(home, exports, settings, log)
    return async () => {
      await database.end()
      await server.stop()
      await remove()
      await rm(exports, { recursive: true })
    }
  })

  /** What the server's own client writes: what operators keep as their backup. */
  function dump(): Buffer {
    const { socket, user } = server.mariadb
    const args = ['--no-defaults', `--socket=${socket}`, `--user=${user}`, '--single-transaction', '--all-databases']
    return execFileSync('mariadb-dump', args, { maxBuffer: 1 << 28 })
  }

  /** Until the tables' own files hold what was written. */
  async function flush() {
    await database.query('set global innodb_max_dirty_pages_pct_lwm = 0, global innodb_max_dirty_pages_pct = 0')
    for (let dirty = 1; dirty;) {
      const [[row]] = await database.query<mysql.RowDataPacket[]>(`show status like 'Innodb_buffer_pool_pages_dirty'`)
      dirty = Number(row!.Value)
      await sleep(20)
    }
  }

  /** The dump, and every file of the server: tables, redo, undo and binary logs, the log of statements. */
  function grep(texts: Iterable<string>): Finds {
    const search = new Search(texts)
    const found: Finds = { dump: search.in(dump()) }
    const files = readdirSync(join(server.folder, 'mariadb/data'), { recursive: true, withFileTypes: true })
    for (const { name, parentPath } of files.filter((entry) => entry.isFile()))
      found[name] = search.in(readFileSync(join(parentPath, name)))
    return Object.fromEntries(Object.entries(found).filter(([, told]) => told.length))
  }

  test('shows no diagnosis, medicine, telephone, national id, e-mail or address of a patient, in no form', async ({
    assert,
  }) => {
    const [rows] = await database.query<mysql.RowDataPacket[]>('select count(diagnosis) as n from consultations')
    assert.isAtLeast(Number(rows[0]!.n), 300)
    await flush()
    assert.deepEqual(grep(secrets), {})
  }).timeout(60_000)

  test('control: a name is found in all of them, and a deleted text in each form in the log of changes', async ({
    assert,
  }) => {
    const planted = 'Paludisme grave à Plasmodium'
    await database.query('create table planted (form varchar(40), bytes blob)')
    for (const [form, write] of Object.entries(FORMS))
      await database.query('insert into planted values (?, ?)', [form, write(planted)[0]!])
    await database.query('delete from planted')
    await flush()
    const found = grep(['Zoungrana', planted])
    const formsIn = (file: string, wanted: string) =>
      (found[file] ?? []).filter(({ text }) => text === wanted).map(({ form }) => form)
    for (const file of ['dump', 'patients.ibd', 'ib_logfile0', 'binlog.000001', 'statements.log'])
      assert.include(formsIn(file, 'Zoungrana'), 'UTF-8', file)
    assert.sameMembers(formsIn('binlog.000001', planted), Object.keys(FORMS))
    assert.isEmpty(formsIn('dump', planted))
  }).timeout(60_000)
})
