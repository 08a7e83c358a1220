import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { rotateMaster } from '#app/keys/start_rotation'
import { keyringFile } from '#start/env'
import { callerOf } from '#tests/acting'
import { anEmptyHome, jsonOf, medinfo, medinfoJson, runProgram } from '#tests/functional/cli/medinfo'
import { activeMaster, done, register } from '#tests/functional/keys/rotating'

const SETTINGS = {
  APP_KEY: 'for-tests-only-0123456789abcdef0123',
  HOST: '127.0.0.1',
  PORT: '0',
  DB_CONNECTION: 'sqlite',
  LANG: 'en_GB.UTF-8',
}

test.group('medinfo serve: refusals', (group) => {
  let home: string
  group.setup(async () => {
    const empty = await anEmptyHome()
    home = empty.home
    await mkdir(join(home, 'data'), { recursive: true })
    return empty.remove
  })

  for (const [APP_ENV, LANG, sentence] of [
    ['production', 'en_GB.UTF-8', 'Keys missing: The keyring'],
    ['staging', 'fr_FR.UTF-8', 'Clés absentes : Le fichier de clés'],
  ]) {
    test(`does not start without its keyring in ${APP_ENV}, and says what to do (${LANG})`, async ({ assert }) => {
      const settings = { ...SETTINGS, APP_ENV: APP_ENV!, LANG: LANG!, KEY_PROVIDER: 'local' }
      const served = await runProgram(home, ['serve'], settings)
      assert.deepEqual([served.code, served.out], [1, ''])
      assert.include(served.err.replaceAll('\u00a0', ' '), sentence!)
      assert.include(served.err, 'keyring.json')
    }).timeout(60_000)
  }

  test('does not start without a provider, or with half of one', async ({ assert }) => {
    const half: [string, Record<string, string>][] = [
      ['KEY_PROVIDER', {}],
      ['KEY_PROVIDER', { KEY_PROVIDER: 'vault' }],
      ['KMS_KEY_ID', { KEY_PROVIDER: 'kms' }],
      ['AWS_REGION', { KEY_PROVIDER: 'kms', KMS_KEY_ID: 'alias/medinfo' }],
    ]
    for (const [missing, settings] of half) {
      const served = await runProgram(home, ['serve'], { ...SETTINGS, APP_ENV: 'production', ...settings })
      assert.equal(served.code, 1)
      assert.include(served.err, missing)
    }
  }).timeout(60_000)
})

test.group('medinfo key', () => {
  test('rotate wants to know which key', async ({ assert }) => {
    assert.equal((await medinfo('key', 'rotate')).code, 2)
    assert.equal((await medinfo('key', 'rotate', '--kek', '--master')).code, 2)
  })

  test('status shows every key, its age and the open rotations, and nothing of the keys', async ({ assert }) => {
    await register()
    const { job } = await rotateMaster(callerOf(), {})
    const { code, json } = await medinfoJson('key', 'status')
    assert.equal(code, 0)
    const { provider, keys, data_keys: dataKeys, rotations } = json.data
    assert.deepEqual(provider, { name: 'local', answers: true })
    const active = keys.filter(({ state }: { state: string }) => state === 'active')
    const kinds = active.map(({ kind, name }: { kind: string; name: string }) =>
      kind === 'root' ? name.split(' ')[0] : kind
    )
    assert.includeMembers(kinds, ['kek', 'master', 'audit_mac', 'audit_signing', 'blind_index', 'source_ids'])
    assert.isAbove(dataKeys.active, 0)
    assert.deepEqual(
      rotations.map(({ id, kind }: any) => [id, kind]),
      [[job.uuid, 'keys.rotate_master']]
    )
    const { out } = await medinfo('key', 'status')
    for (const { wrapped } of [...(await db.from('master_keys')), ...(await db.from('root_keys'))])
      for (const form of ['hex', 'base64'] as const) assert.notInclude(out, wrapped.toString(form).slice(0, 20))
    assert.notMatch(out, /[A-Za-z0-9+/]{43}=/)
    assert.equal((await medinfo('key', 'rotate', '--master')).code, 0)
  })

  test('a key of a year is due', async ({ assert }) => {
    await done(rotateMaster(callerOf(), {}))
    const id = await activeMaster()
    await db.from('master_keys').where('id', id).update({ created_at: '2020-01-01 00:00:00.000' })
    const { data } = await jsonOf('key', 'status')
    const due = data.keys.filter((key: { due: boolean }) => key.due).map(({ name }: { name: string }) => name)
    assert.deepEqual(due, [String(id)])
    await medinfo('key', 'rotate', '--master')
    const { data: later } = await jsonOf('key', 'status')
    assert.isEmpty(later.keys.filter((key: { due: boolean }) => key.due))
  })

  test('rehearses, rotates and tidies up', async ({ assert }) => {
    const before = await activeMaster()
    const rehearsed = await jsonOf('key', 'rotate', '--master', '--dry-run')
    assert.isTrue(rehearsed.data.dry_run)
    assert.isNull(rehearsed.data.job)
    assert.equal(await activeMaster(), before)
    const rotated = await jsonOf('key', 'rotate', '--kek')
    assert.equal(rotated.data.job.state, 'done')
    const { data } = await jsonOf('key', 'rewrap')
    assert.deepEqual([data.roots, data.job.state], [0, 'done'])
  })

  test('a keyring that others can read fails the doctor', async ({ assert, cleanup }) => {
    cleanup(() => chmod(keyringFile(), 0o600))
    await chmod(keyringFile(), 0o644)
    const { code, json } = await medinfoJson('doctor')
    assert.equal(code, 1)
    assert.equal(json.checks.find(({ name }: { name: string }) => name === 'keyring').code, 'open_to_others')
  })
})
