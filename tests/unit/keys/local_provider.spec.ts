import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from '@japa/runner'
import { KeyProviderUnavailable } from '#app/keys/key_provider'
import { LocalKeyProvider } from '#app/keys/local_provider'

test.group('The local keyring', (group) => {
  let folder: string
  const file = () => join(folder, 'keys', 'keyring.json')

  group.each.setup(() => {
    folder = mkdtempSync(join(tmpdir(), 'keyring-'))
    return () => rmSync(folder, { recursive: true, force: true })
  })

  test('is never overwritten: a second set-up keeps the keys that open the records', async ({ assert }) => {
    assert.isTrue(await LocalKeyProvider.create(file()))
    const before = readFileSync(file(), 'utf8')
    assert.isFalse(await LocalKeyProvider.create(file()))
    assert.equal(readFileSync(file(), 'utf8'), before)
  })

  test('one of many that set up at once makes it, whole', async ({ assert }) => {
    const made = await Promise.all(Array.from({ length: 8 }, () => LocalKeyProvider.create(file())))
    assert.equal(made.filter(Boolean).length, 1)
    assert.match(await new LocalKeyProvider(file()).activeUri(), /^local:\d{4}-\d\d-\d\d-[0-9a-f]{8}$/)
    assert.deepEqual(readdirSync(dirname(file())), ['keyring.json'])
  })

  test('nobody but its owner may read it', async ({ assert }) => {
    await LocalKeyProvider.create(file())
    assert.equal(statSync(file()).mode & 0o777, 0o600)
    assert.equal(statSync(dirname(file())).mode & 0o777, 0o700)
  })

  test('missing, unreadable or without the key that is asked for, it is unavailable and nothing is made up', async ({
    assert,
  }) => {
    const provider = new LocalKeyProvider(file())
    await assert.rejects(() => provider.wrap(randomBytes(32), 'medinfo/master'), KeyProviderUnavailable as never)
    await LocalKeyProvider.create(file())
    const { wrapped } = await provider.wrap(randomBytes(32), 'medinfo/master')
    await assert.rejects(
      () => provider.unwrap(wrapped, 'local:other', 'medinfo/master'),
      KeyProviderUnavailable as never
    )
    writeFileSync(file(), '{"active":')
    await assert.rejects(() => provider.activeUri(), KeyProviderUnavailable as never)
  })

  test('what is wrapped for one use does not unwrap for another', async ({ assert }) => {
    await LocalKeyProvider.create(file())
    const provider = new LocalKeyProvider(file())
    const plain = randomBytes(32)
    const { kekUri, wrapped } = await provider.wrap(plain, 'medinfo/master')
    await assert.rejects(() => provider.unwrap(wrapped, kekUri, 'medinfo/audit_mac'))
    assert.deepEqual(await provider.unwrap(wrapped, kekUri, 'medinfo/master'), plain)
    assert.isFalse(wrapped.includes(plain))
  })
})
