import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net'
import { once } from 'node:events'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { ImportInterrupted } from '#app/imports/run_import'
import { importElsewhere, type Ending } from '#tests/functional/imports/import_elsewhere'
import { aPerson, countOf, LegacySystem, rowsOf } from '#tests/functional/imports/legacy_system'
import { mysqlSettings } from '#start/env'

const PEOPLE = 1800

async function aLongFile() {
  const system = await LegacySystem.create()
  await system.write(
    'patients.csv',
    Array.from({ length: PEOPLE }, () => aPerson())
  )
  const written = () =>
    countOf(
      'select count(*) from import_links l join import_runs r on r.id = l.run_id join patients p on p.id = l.record_id where r.source = ?',
      [system.source]
    )
  return { system, written }
}

/** A server that passes everything on, until it is closed and the database seems to be gone. */
async function aDoor() {
  const { host, port } = mysqlSettings()
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const behind = createConnection({ host, port })
    for (const socket of [client, behind]) sockets.add(socket.on('error', () => {}))
    client.pipe(behind).pipe(client)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = () => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  return { port: (server.address() as AddressInfo).port, close }
}

/** MariaDB: no connection any more, not even a new one. */
async function withoutServer(system: LegacySystem): Promise<Ending> {
  const door = await aDoor()
  const ending = await importElsewhere(system, () => door.close(), { DB_PORT: String(door.port) })
  return ending!
}

/** SQLite: the disk is full. */
async function withFullDisk(system: LegacySystem): Promise<Ending> {
  const client = db.connection()
  const pages = await countOf('pragma page_count')
  try {
    // A raw query runs once somebody waits for it.
    const fill = () => void Promise.resolve(client.rawQuery(`pragma max_page_count = ${pages + 50}`))
    await system.import({ onProgress: fill })
    throw new Error('the disk was large enough')
  } catch (error) {
    const { code, report, message } = error as ImportInterrupted
    return { code, report, message, isInterruption: error instanceof ImportInterrupted }
  } finally {
    await client.rawQuery('pragma max_page_count = 1073741823')
  }
}

test.group('An import that does not reach its end', () => {
  test('the database is gone: it says what was committed, and the next run completes it', async ({ assert }) => {
    const { system, written } = await aLongFile()
    const ending = await (db.connection().dialect.name === 'mysql' ? withoutServer(system) : withFullDisk(system))
    assert.isTrue(ending.isInterruption, ending.message)
    assert.equal(ending.code, 'import_interrupted')
    assert.isAbove(ending.report.created, 0)
    assert.isBelow(ending.report.created, PEOPLE)
    assert.equal(await written(), ending.report.created)

    const second = await system.import()
    assert.containsSubset(second, { rows_read: PEOPLE, created: PEOPLE - ending.report.created, rejected: 0 })
    assert.deepEqual(
      second.checks.filter(({ ok }) => !ok),
      []
    )
    assert.containsSubset(await system.import(), { created: 0, unchanged: PEOPLE })
  }).timeout(120_000)

  test('its process is killed: its run tells what was committed, and the next one completes it', async ({ assert }) => {
    const { system, written } = await aLongFile()
    const ending = await importElsewhere(system, (_rows, importing) => importing.kill('SIGKILL'))
    assert.isUndefined(ending)
    const [run] = await rowsOf('select state, report from import_runs where source = ?', [system.source])
    const { created } = JSON.parse(run.report)
    assert.equal(run.state, 'running')
    assert.isAbove(created, 0)
    assert.equal(await written(), created)

    const second = await system.import()
    assert.containsSubset(second, { rows_read: PEOPLE, created: PEOPLE - created })
    assert.deepEqual(
      second.checks.filter(({ ok }) => !ok),
      []
    )
  }).timeout(120_000)
})
