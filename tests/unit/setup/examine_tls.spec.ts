import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { checkCertificate, checkOwnAuthority, examineTls } from '#app/setup/examine_tls'
import { makeAuthority, makeServerCertificate } from '#app/tls/authority'
import { ensureOwnCertificate } from '#app/tls/own_certificate'
import env from '#start/env'

const NAMES = { dns: ['medinfo.test', '*.wards.test'], ip: ['192.168.1.4', 'fd00::4'] }
const DAY_MS = 86_400_000
const LASTS = 397

test.group('What doctor says of TLS', (group) => {
  let folder: string
  group.each.setup(async () => {
    folder = await mkdtemp(join(tmpdir(), 'medinfo-doctor-'))
    return async () => {
      moveClock(0)
      await rm(folder, { recursive: true })
    }
  })

  async function aPair(name = 'server') {
    const { cert, key } = await makeServerCertificate(await makeAuthority('test'), NAMES)
    const files = { cert: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) }
    await writeFile(files.cert, cert)
    await writeFile(files.key, key, { mode: 0o600 })
    return files
  }
  const codeOf = async (files: { cert: string; key: string }, host: string | null = 'medinfo.test') =>
    (await checkCertificate(files, host)).code

  test('a pair that fits, is valid and names the address is sound; it says until when', async ({ assert }) => {
    const files = await aPair()
    const { ok, code, params } = await checkCertificate(files, 'medinfo.test')
    assert.deepEqual([ok, code], [true, 'ok'])
    const ends = new Date(Date.now() + (LASTS - 1) * DAY_MS).toISOString().slice(0, 10)
    assert.equal(params!.until, ends)
    assert.match(String(params!.named), /^medinfo\.test, \*\.wards\.test, 192\.168\.1\.4, FD00:/i)
  })

  test('a file that is missing, is none, or cannot be read is named, with the reason', async ({ assert }) => {
    const files = await aPair()
    const missing = join(folder, 'none.pem')
    const found = await checkCertificate({ ...files, key: missing }, null)
    assert.deepEqual([found.ok, found.code, found.params], [false, 'unusable', { file: missing, reason: 'ENOENT' }])
    const spoiled = join(folder, 'spoiled.pem')
    await writeFile(spoiled, 'no certificate')
    const { code, params } = await checkCertificate({ ...files, cert: spoiled }, null)
    assert.deepEqual([code, params!.file], ['unusable', spoiled])
    assert.equal(await codeOf({ ...files, cert: folder }), 'unusable')
  })

  test('a key of another certificate', async ({ assert }) => {
    const [one, other] = [await aPair('one'), await aPair('other')]
    assert.equal(await codeOf({ cert: one.cert, key: other.key }), 'key_of_another')
    assert.equal(await codeOf(one), 'ok')
  })

  test('one that is over, ends within thirty days, or has not begun', async ({ assert }) => {
    const files = await aPair()
    const after = (days: number) => (moveClock(days * DAY_MS), codeOf(files))
    assert.equal(await after(LASTS - 32), 'ok')
    assert.equal(await after(LASTS - 30), 'ends_soon')
    assert.equal(await after(LASTS), 'expired')
    assert.equal(await after(-2), 'not_yet')
  })

  test('one that does not name the host of APP_URL', async ({ assert }) => {
    const files = await aPair()
    for (const host of ['a.wards.test', '192.168.1.4', 'fd00::4', null]) assert.equal(await codeOf(files, host), 'ok')
    for (const host of ['elsewhere.test', 'x.medinfo.test', '192.168.1.5', 'a.b.wards.test'])
      assert.equal(await codeOf(files, host), 'other_name', host)
  })

  test('a key that everybody on the machine can read; a group made for it may', async ({ assert }) => {
    const files = await aPair()
    await chmod(files.key, 0o640)
    assert.equal(await codeOf(files), 'ok')
    await chmod(files.key, 0o644)
    assert.equal(await codeOf(files), 'key_open')
  })

  test('of its own authority only what no start can mend', async ({ assert }) => {
    const own = join(folder, 'tls')
    assert.deepInclude(await checkOwnAuthority(own), { ok: true, code: 'own' })
    await ensureOwnCertificate(own, NAMES)
    moveClock(10 * LASTS * DAY_MS)
    assert.deepInclude(await checkOwnAuthority(own), { ok: true, code: 'own' })
    await writeFile(join(own, 'authority.pem'), 'spoiled')
    const { code, params } = await checkOwnAuthority(own)
    assert.deepEqual([code, params!.file], ['unusable', join(own, 'authority.pem')])
  })

  test('the settings say which of these it is', async ({ assert, cleanup }) => {
    const files = await aPair()
    const settings = ['TLS_CERT', 'TLS_KEY', 'APP_URL', 'TLS_OWN_AUTHORITY'] as const
    const forget = () => {
      for (const name of settings) {
        env.set(name, undefined)
        // The text `undefined` otherwise.
        delete process.env[name]
      }
    }
    forget()
    cleanup(forget)
    assert.equal((await examineTls()).code, 'not_here')
    env.set('TLS_OWN_AUTHORITY', true)
    assert.equal((await examineTls()).code, 'own')
    env.set('TLS_CERT', files.cert)
    env.set('TLS_KEY', files.key)
    env.set('APP_URL', 'https://[fd00::4]:8443')
    assert.equal((await examineTls()).code, 'ok')
    env.set('APP_URL', 'https://elsewhere.test')
    assert.equal((await examineTls()).code, 'other_name')
  })
})
