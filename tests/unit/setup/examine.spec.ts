import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { mysqlFindings, sqliteDurability, type MysqlVariables } from '#app/setup/examine_database'
import { checkDataFolder, checkEnvFile, checkFreeDisk, checkKeyring, checkNode } from '#app/setup/examine_machine'
import { isLoopback } from '#app/core/loopback'

async function aFolder(cleanup: (end: () => Promise<void>) => void) {
  const folder = await mkdtemp(join(tmpdir(), 'medinfo-'))
  cleanup(() => rm(folder, { recursive: true, force: true }))
  return folder
}

const codes = (variables: Partial<MysqlVariables>) => {
  const sound = { version: '10.11.6-MariaDB', sql_mode: 'STRICT_TRANS_TABLES', charset: 'utf8mb4' }
  const found = mysqlFindings({ ...sound, flush: 1, log_bin: 1, sync_binlog: 1, ...variables })
  return found.filter(({ ok }) => !ok).map(({ code }) => code)
}

test.group('What doctor checks', () => {
  test('a Node that is too old', ({ assert }) => {
    assert.isFalse(checkNode('22.9.0').ok)
    assert.isTrue(checkNode('24.0.0').ok)
  })

  test('a disk with less than one gigabyte free', ({ assert }) => {
    assert.isFalse(checkFreeDisk(999_999_999, '/').ok)
    assert.isTrue(checkFreeDisk(1_000_000_000, '/').ok)
  })

  test('a keyring that is missing, damaged or open to others', async ({ assert, cleanup }) => {
    const folder = await aFolder(cleanup)
    const file = join(folder, 'keyring.json')
    const codeNow = async () => {
      const { code } = await checkKeyring(file)
      return code
    }
    assert.equal(await codeNow(), 'missing')
    await writeFile(file, '{"active', { mode: 0o600 })
    assert.equal(await codeNow(), 'unreadable')
    await writeFile(file, '{}')
    assert.equal(await codeNow(), 'ok')
    await chmod(file, 0o644)
    assert.equal(await codeNow(), 'open_to_others')
  })

  test('settings that others can read; without a file the environment sets them', async ({ assert, cleanup }) => {
    const folder = await aFolder(cleanup)
    const file = join(folder, '.env')
    assert.deepInclude(await checkEnvFile(file), { ok: true, code: 'none' })
    await writeFile(file, '', { mode: 0o640 })
    assert.deepInclude(await checkEnvFile(file), { ok: false, code: 'open_to_others' })
  })

  test('a data folder below a file', async ({ assert, cleanup }) => {
    const folder = await aFolder(cleanup)
    await writeFile(join(folder, 'file'), '')
    assert.deepInclude(await checkDataFolder(join(folder, 'file', 'data')), { ok: false, code: 'not_writable' })
    assert.deepInclude(await checkDataFolder(join(folder, 'new', 'data')), { ok: true })
  })

  test('a data folder into which every account of the machine may look', async ({ assert, cleanup }) => {
    const data = join(await aFolder(cleanup), 'data')
    await checkDataFolder(data)
    for (const [mode, code] of [
      [0o750, 'ok'],
      [0o755, 'open_to_others'],
      [0o701, 'open_to_others'],
    ] as const) {
      await chmod(data, mode)
      assert.propertyVal(await checkDataFolder(data), 'code', code)
    }
  })

  test('a MySQL or MariaDB that is too old, lax, of another charset, or forgetful', ({ assert }) => {
    assert.deepEqual(codes({}), [])
    assert.deepEqual(codes({ version: '8.4.3' }), [])
    assert.deepEqual(codes({ version: '11.4.2-MariaDB' }), [])
    assert.deepEqual(codes({ version: '10.6.1-MariaDB' }), ['too_old'])
    assert.deepEqual(codes({ version: '8.0.36' }), ['too_old'])
    assert.deepEqual(codes({ sql_mode: 'NO_ENGINE_SUBSTITUTION' }), ['lax'])
    assert.deepEqual(codes({ charset: 'latin1' }), ['other'])
    assert.deepEqual(codes({ flush: 2 }), ['mysql_unsafe'])
    assert.deepEqual(codes({ sync_binlog: 0 }), ['mysql_unsafe'])
    assert.deepEqual(codes({ log_bin: 0, sync_binlog: 0 }), [])
  })

  test('a SQLite that a power cut could rob', ({ assert }) => {
    assert.isTrue(sqliteDurability('wal', 2).ok)
    assert.isFalse(sqliteDurability('wal', 1).ok)
    assert.isFalse(sqliteDurability('delete', 2).ok)
  })
})

test.group('This machine only', () => {
  test('loopback is known by any of its names, and nothing else is', ({ assert }) => {
    for (const host of ['127.0.0.1', '127.9.8.7', '::1', 'localhost']) assert.isTrue(isLoopback(host), host)
    for (const host of ['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.example.org', 'localhost.example.org', ''])
      assert.isFalse(isLoopback(host), host)
  })
})
