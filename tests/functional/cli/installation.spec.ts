import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { keyringFile } from '#start/env'
import { anEmptyHome, exitOf, jsonOf, medinfoJson } from '#tests/functional/cli/medinfo'
import { chooseSettings } from '#app/setup/up_settings'
import { FolderNotWritable, PortTaken } from '#app/setup/setup_problems'

/** A port that somebody listens on until the test ends. */
async function aTakenPort(cleanup: (end: () => Promise<void>) => void): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  cleanup(() => new Promise((resolve) => void server.close(() => resolve())))
  return (server.address() as { port: number }).port
}

/** The folder of `.env` for this process, put back when the test ends. */
async function atHome(cleanup: (end: () => Promise<void>) => void) {
  const { home, remove } = await anEmptyHome()
  const kept = { ...process.env }
  process.env.MEDINFO_HOME = home
  for (const name of ['HOST', 'PORT', 'DATA_DIR']) delete process.env[name]
  cleanup(async () => {
    for (const name of Object.keys(process.env)) if (!(name in kept)) delete process.env[name]
    Object.assign(process.env, kept)
    await remove()
  })
  return home
}

async function makesSettings(): Promise<boolean> {
  const { envFileMade } = await chooseSettings({ port: 0 })
  return envFileMade
}

const exists = (file: string) =>
  stat(file).then(
    () => true,
    () => false
  )

test.group('Before the first start', () => {
  test('nothing goes through the network in the clear: an address beyond this machine brings TLS, wherever it comes from', async ({
    assert,
    cleanup,
  }) => {
    const home = await atHome(cleanup)
    const bringsTls = async (asked: Parameters<typeof chooseSettings>[0]) => {
      for (const name of ['HOST', 'TLS_OWN_AUTHORITY']) delete process.env[name]
      await chooseSettings({ port: 0, ...asked })
      return process.env.TLS_OWN_AUTHORITY === 'true'
    }
    assert.isTrue(await bringsTls({ host: '0.0.0.0' }))
    assert.isFalse(await bringsTls({}))
    assert.isFalse(await bringsTls({ host: '::1' }))
    assert.isTrue(await bringsTls({ tls: true }))
    await writeFile(join(home, '.env'), 'HOST=0.0.0.0\n')
    assert.isTrue(await bringsTls({}))
  })

  test('a port that is taken is said before anything is written', async ({ assert, cleanup }) => {
    const home = await atHome(cleanup)
    const port = await aTakenPort(cleanup)
    await assert.rejects(() => chooseSettings({ port }), PortTaken)
    assert.isFalse(await exists(join(home, '.env')))
    assert.isFalse(await exists(join(home, 'data')))
  })

  test('a data folder that cannot be written is said before anything is written', async ({ assert, cleanup }) => {
    const home = await atHome(cleanup)
    await writeFile(join(home, 'file'), '')
    for (const dataDir of [join(home, 'file', 'data'), '/proc/no-such-folder'])
      await assert.rejects(() => chooseSettings({ port: 0, dataDir }), FolderNotWritable)
    assert.isFalse(await exists(join(home, '.env')))
  })

  test('the settings are written for their owner only, with a secret of their own, and never again', async ({
    assert,
    cleanup,
  }) => {
    const home = await atHome(cleanup)
    const file = join(home, '.env')
    assert.isTrue(await makesSettings())
    const { mode } = await stat(file)
    assert.equal(mode & 0o777, 0o600)
    const first = await readFile(file, 'utf8')
    assert.match(first, /^APP_KEY=[\w-]{40,}$/m)
    assert.isFalse(await makesSettings())
    assert.equal(await readFile(file, 'utf8'), first)
  })

  test('the first start notes the data folder; a later one that names another uses it for that time', async ({
    assert,
    cleanup,
  }) => {
    const home = await atHome(cleanup)
    const [kept, other] = [join(home, 'kept'), join(home, 'other')]
    await chooseSettings({ port: 0, dataDir: kept })
    assert.include(await readFile(join(home, '.env'), 'utf8'), `DATA_DIR=${kept}\n`)
    delete process.env.DATA_DIR
    const again = await chooseSettings({ port: 0, dataDir: other })
    assert.deepInclude(again, { dataDir: other, otherDataDir: kept })
    delete process.env.DATA_DIR
    assert.deepInclude(await chooseSettings({ port: 0 }), { dataDir: kept, otherDataDir: null })
  })

  test('port and address are for that time only', async ({ assert, cleanup }) => {
    const home = await atHome(cleanup)
    await chooseSettings({ host: '127.0.0.2', port: 0 })
    assert.equal(process.env.HOST, '127.0.0.2')
    const settings = await readFile(join(home, '.env'), 'utf8')
    assert.match(settings, /^HOST=127\.0\.0\.1$/m)
    assert.match(settings, /^PORT=3333$/m)
  })
})

test.group('Migrate', () => {
  test('down without --force is wrong usage and touches nothing', async ({ assert }) => {
    assert.equal(await exitOf('migrate', '--down'), 2)
  })

  test('says what --down would undo, last first, and undoes nothing', async ({ assert }) => {
    const down = await jsonOf('migrate', '--down', '--dry-run')
    const names = down.migrations.map(({ name }: { name: string }) => name)
    assert.equal(names.at(-1), '0001_users')
    assert.deepEqual(names, [...names].sort().reverse())
    const up = await jsonOf('migrate', '--dry-run')
    assert.deepEqual(up.migrations, [])
  })

  test('has nothing to do on a database that is up to date', async ({ assert }) => {
    const { code, json } = await medinfoJson('migrate')
    assert.equal(code, 0)
    assert.deepEqual(json, { direction: 'up', migrations: [], dry_run: false })
  })
})

test.group('Doctor', () => {
  test('finds this installation sound', async ({ assert, cleanup }) => {
    await healthyHome(cleanup)
    await settleJobs()
    const { code, json } = await medinfoJson('doctor')
    assert.deepEqual(
      json.checks.filter(({ ok }: { ok: boolean }) => !ok),
      []
    )
    assert.equal(code, 0)
    const names = json.checks.map(({ name }: { name: string }) => name)
    assert.includeMembers(names, [
      'node',
      'settings',
      'data_folder',
      'disk',
      'keyring',
      'database',
      'migrations',
      'keys',
    ])
  })

  test('refuses a keyring or settings that others can read, with what to do', async ({ assert, cleanup }) => {
    const home = await healthyHome(cleanup)
    await settleJobs()
    await writeFile(join(home, '.env'), '', { mode: 0o644 })
    await chmod(keyringFile(), 0o640)
    cleanup(() => chmod(keyringFile(), 0o600))
    const { code, json } = await medinfoJson('doctor')
    assert.equal(code, 1)
    const failed = json.checks.filter(({ ok }: { ok: boolean }) => !ok)
    assert.deepEqual(
      failed.map(({ name }: { name: string }) => name),
      ['env_file', 'keyring']
    )
    for (const { detail } of failed) assert.include(detail, 'chmod 600')
  })

  /** What other tests had fail is no fault of this installation. */
  const settleJobs = () => db.from('jobs').where('state', 'failed').update({ state: 'done' })

  async function healthyHome(cleanup: (end: () => Promise<void>) => void) {
    const { home, remove } = await anEmptyHome()
    const kept = process.env.MEDINFO_HOME
    process.env.MEDINFO_HOME = home
    await mkdir(join(home, 'data'))
    cleanup(async () => {
      if (kept === undefined) delete process.env.MEDINFO_HOME
      else process.env.MEDINFO_HOME = kept
      await remove()
    })
    return home
  }
})
