import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from '@japa/runner'
import { newMark } from '#app/jobs/process_mark'
import { KeyProviderUnavailable } from '#app/keys/key_provider'
import { changeKeyring, readKeyring } from '#app/keys/keyring_file'
import { LocalKeyProvider } from '#app/keys/local_provider'

test.group('A keyring that gets a fresh key', (group) => {
  let file: string

  group.each.setup(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'medinfo-keyring-'))
    file = join(folder, 'keyring.json')
    await LocalKeyProvider.create(file)
    return () => rm(folder, { recursive: true, force: true })
  })

  const facts = () => new LocalKeyProvider(file).describe()

  test('a change that is broken off leaves the whole former keyring, and nothing beside it', async ({ assert }) => {
    const before = readFileSync(file, 'utf8')
    await assert.rejects(
      () =>
        changeKeyring(file, () => {
          throw new Error('in the midst')
        }),
      'in the midst'
    )
    assert.equal(readFileSync(file, 'utf8'), before)
    assert.deepEqual(readdirSync(dirname(file)), ['keyring.json'])
  })

  test('what a killed process has left beside it goes with the next change; what somebody is writing does not', async ({
    assert,
  }) => {
    const others = [
      'keyring.json.0badcafe',
      'keyring.json.lock.0badcafe',
      'keyring.json.deadbeef',
      'keyring.json.backup',
    ]
    for (const name of others) writeFileSync(join(dirname(file), name), 'x')
    const hourAgo = new Date(Date.now() - 3_600_000)
    for (const name of others.filter((one) => !one.endsWith('deadbeef')))
      utimesSync(join(dirname(file), name), hourAgo, hourAgo)
    await new LocalKeyProvider(file).renew('one-11111111')
    assert.sameMembers(readdirSync(dirname(file)), ['keyring.json', 'keyring.json.deadbeef', 'keyring.json.backup'])
  })

  test('what is no keyring is unavailable, and is not written over', async ({ assert }) => {
    for (const text of ['{}', '{"active":"x","keys":[]}', 'nothing']) {
      writeFileSync(file, text)
      await assert.rejects(
        () => new LocalKeyProvider(file).renew(randomBytes(8).toString('hex')),
        KeyProviderUnavailable as never
      )
      assert.equal(readFileSync(file, 'utf8'), text)
    }
  })

  test('wraps by the fresh key and unwraps by the former, in every process at once', async ({ assert }) => {
    const [one, other] = [new LocalKeyProvider(file), new LocalKeyProvider(file)]
    const { kekUri, wrapped } = await one.wrap(Buffer.from('one'), 'medinfo/master')
    const uri = await one.renew('a-rotation-0a1b2c3d')
    assert.match(uri, /^local:\d{4}-\d\d-\d\d-0a1b2c3d$/)
    const { kekUri: next } = await other.wrap(Buffer.from('two'), 'medinfo/master')
    assert.deepEqual([await other.activeUri(), next], [uri, uri])
    assert.equal(String(await other.unwrap(wrapped, kekUri, 'medinfo/master')), 'one')
  })

  test('asked twice for the same rotation it makes one key, and never goes back to it', async ({ assert }) => {
    const provider = new LocalKeyProvider(file)
    const first = await provider.renew('one-11111111')
    assert.equal(await provider.renew('one-11111111'), first)
    const second = await provider.renew('two-22222222')
    assert.equal(await provider.renew('one-11111111'), second)
    assert.lengthOf(await facts(), 3)
  })

  test('keeps what is retired, and names it so; what is active or in use is never retired', async ({ assert }) => {
    const provider = new LocalKeyProvider(file)
    const former = await provider.activeUri()
    const { wrapped } = await provider.wrap(Buffer.from('old'), 'medinfo/master')
    const between = await provider.renew('one-11111111')
    const last = await provider.renew('two-22222222')
    await provider.retireAllBut([between])
    assert.deepEqual(
      (await facts()).map(({ uri, state }) => [uri, state]),
      [
        [former, 'retired'],
        [between, 'decrypt'],
        [last, 'active'],
      ]
    )
    assert.equal(String(await provider.unwrap(wrapped, former, 'medinfo/master')), 'old')
  })

  test('nobody but its owner may read it afterwards, whoever could before', async ({ assert }) => {
    chmodSync(file, 0o644)
    await new LocalKeyProvider(file).renew('one-11111111')
    assert.equal(statSync(file).mode & 0o777, 0o600)
    assert.deepEqual(readdirSync(dirname(file)), ['keyring.json'])
  })

  test('stays its owner’s when somebody else, who is root, changes it', async ({ assert }) => {
    if (process.getuid?.() !== 0) return console.log('left out: only root can give a file away')
    const { chownSync } = await import('node:fs')
    chownSync(file, 1234, 1234)
    await new LocalKeyProvider(file).renew('one-11111111')
    const { uid, gid } = statSync(file)
    assert.deepEqual([uid, gid], [1234, 1234])
  })

  test('many that change it at once lose nothing of one another', async ({ assert }) => {
    const names = Array.from({ length: 12 }, () => randomBytes(4).toString('hex'))
    await Promise.all(names.map((name) => new LocalKeyProvider(file).renew(name)))
    const { keys } = await readKeyring(file)
    assert.sameMembers(
      keys.slice(1).map(({ id }) => id.slice(-8)),
      names
    )
    assert.isFalse(existsSync(`${file}.lock`))
  })

  test('the lock of a process that was killed is taken over, that of a living one is not', async ({ assert }) => {
    const child = spawn('sleep', ['60'], { stdio: 'ignore' })
    child.kill('SIGKILL')
    await once(child, 'close')
    const alive = newMark()
    writeFileSync(`${file}.lock`, alive.replace(`.${process.pid}.`, `.${child.pid}.`))
    await new LocalKeyProvider(file).renew('one-11111111')
    writeFileSync(`${file}.lock`, alive)
    await assert.rejects(() => new LocalKeyProvider(file).renew('two-22222222'), KeyProviderUnavailable as never)
    assert.equal(readFileSync(`${file}.lock`, 'utf8'), alive)
    assert.lengthOf(await facts(), 2)
  }).timeout(20_000)
})
