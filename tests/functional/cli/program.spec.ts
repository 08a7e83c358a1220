import { stat } from 'node:fs/promises'
import { Agent, get } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import Sqlite from 'better-sqlite3'
import { anEmptyHome, runProgram, start } from '#tests/functional/cli/medinfo'

async function aHome(cleanup: (end: () => Promise<void>) => void) {
  const { home, remove } = await anEmptyHome()
  cleanup(remove)
  return home
}

const read = (home: string, sql: string) =>
  new Sqlite(join(home, 'data/medinfo.sqlite'), { readonly: true }).prepare(sql).all()

test.group('The program', () => {
  test('wrong usage is exit code 2, one sentence, no stack, in the language of the shell', async ({
    assert,
    cleanup,
  }) => {
    const home = await aHome(cleanup)
    const french = await runProgram(home, ['user', 'creat'])
    assert.equal(french.code, 2)
    assert.equal(french.out, '')
    assert.include(french.err, '« user create »')
    const english = await runProgram(home, ['user', 'creat'], { LANG: 'en_GB.UTF-8' })
    assert.include(english.err, 'Did you mean "user create"?')
    assert.notMatch(french.err + english.err, /\n\s+at /)
  })

  test('help speaks the language of the shell', async ({ assert, cleanup }) => {
    const home = await aHome(cleanup)
    const french = await runProgram(home, ['token', 'create', '--help'], { LC_ALL: 'fr_FR.UTF-8', LANG: 'en_US' })
    assert.match(french.out, /UTILISATION[^]*OPTIONS[^]*\(requis\)[^]*EXEMPLES/)
    const english = await runProgram(home, ['--help'], { LANG: 'en_US.UTF-8' })
    assert.match(english.out, /USAGE[^]*TOPICS[^]*COMMANDS/)
    assert.deepEqual([french.code, english.code], [0, 0])
  })

  test('without settings says which are missing, with exit code 1', async ({ assert, cleanup }) => {
    const { code, out, err } = await runProgram(await aHome(cleanup), ['user', 'list'])
    assert.equal(code, 1)
    assert.equal(out, '')
    assert.include(err, 'APP_KEY')
    assert.notMatch(err, /\n\s+at /)
  })

  test('on a database without tables says to migrate, and migrates up and down', async ({ assert, cleanup }) => {
    const home = await aHome(cleanup)
    const settings = {
      ...{ APP_ENV: 'local', APP_KEY: 'x'.repeat(32), HOST: '127.0.0.1', PORT: '0' },
      ...{ DB_CONNECTION: 'sqlite', KEY_PROVIDER: 'local' },
    }
    const exit = async (...argv: string[]) => {
      const { code } = await runProgram(home, argv, settings)
      return code
    }
    const refused = await runProgram(home, ['user', 'create', '--name', 'Awa', '--json'], settings)
    assert.equal(refused.code, 1)
    assert.equal(JSON.parse(refused.out).error.code, 'database_not_ready')
    assert.equal(await exit('migrate'), 0)
    assert.equal(await exit('user', 'create', '--name', 'Awa'), 0)
    assert.equal(await exit('migrate', '--down', '--force'), 0)
    assert.equal(await exit('user', 'list'), 1)
  }).timeout(60_000)
})

test.group('Up', () => {
  test('refuses an address that is none of this machine with one sentence and exit code 1', async ({
    assert,
    cleanup,
  }) => {
    const home = await aHome(cleanup)
    const { code, err } = await runProgram(home, ['up', '--host', '203.0.113.7'])
    assert.equal(code, 1)
    assert.lengthOf(err.trim().split('\n'), 1)
  })

  test('brings a new installation up, serves it, and ends cleanly; the second start makes nothing twice', async ({
    assert,
    cleanup,
  }) => {
    const home = await aHome(cleanup)
    const first = await start(home, ['up', '--port', '0'])
    cleanup(() => void first.child.kill('SIGKILL'))
    await first.says('Ctrl-C')
    const [url] = /http:\/\/localhost:\d+/.exec(first.written.out)!
    const [token] = /oat_[\w.-]+/.exec(first.written.out)!
    assert.match(first.written.out, /admin@medinfo\.local .*: [\w-]{20,}/)

    // A connection that is kept open for a next request must not keep the server from ending.
    const agent = new Agent({ keepAlive: true })
    cleanup(() => agent.destroy())
    const answer = await ask(`${url}/api/v1/patients?limit=1`, token, agent)
    assert.equal(answer.status, 200)
    assert.lengthOf(answer.body.data, 1)
    const asked = Date.now()
    first.child.kill('SIGTERM')
    const { code, err } = await first.ended
    assert.equal(code, 0, err)
    assert.isBelow(Date.now() - asked, 10_000, 'the last resort ended it')
    const [used] = read(home, 'select last_used_at as at from access_tokens') as { at: string | null }[]
    assert.isNotNull(used!.at)

    const counts =
      'select (select count(*) from users) u, (select count(*) from patients) p, (select count(*) from import_runs) r, (select count(*) from access_tokens) t'
    const before = read(home, counts)
    const second = await start(home, ['up', '--port', '0'])
    cleanup(() => void second.child.kill('SIGKILL'))
    await second.says('Ctrl-C')
    second.child.kill('SIGINT')
    const end = await second.ended
    assert.equal(end.code, 0)
    assert.deepEqual(read(home, counts), before)
    assert.notMatch(second.written.out, /oat_|admin@medinfo\.local .*: /)
  }).timeout(120_000)

  test('--empty brings no sample, then or later, and --json answers one object', async ({ assert, cleanup }) => {
    const home = await aHome(cleanup)
    for (const flags of [['--empty'], []]) {
      const run = await start(home, ['up', '--port', '0', '--json', ...flags])
      cleanup(() => void run.child.kill('SIGKILL'))
      await run.says('\n}')
      const told = JSON.parse(run.written.out)
      assert.isNull(told.sample)
      assert.equal(told.administrator === null, flags.length === 0)
      run.child.kill('SIGTERM')
      const { code } = await run.ended
      assert.equal(code, 0)
    }
    assert.deepEqual(read(home, 'select count(*) as n from patients'), [{ n: 0 }])
    const { mode } = await stat(join(home, 'data/keys/keyring.json'))
    assert.equal(mode & 0o777, 0o600)
  }).timeout(60_000)
})

test.group('Serve', () => {
  test('says one clear sentence when the port is taken', async ({ assert, cleanup }) => {
    const home = await aHome(cleanup)
    const up = await start(home, ['up', '--port', '0', '--empty', '--json'])
    cleanup(() => void up.child.kill('SIGKILL'))
    await up.says('\n}')
    const { port } = new URL(JSON.parse(up.written.out).url)
    const { code, out, err } = await runProgram(home, ['serve', '--port', port])
    assert.deepEqual({ code, out }, { code: 1, out: '' })
    assert.include(err, port)
    assert.notMatch(err, /\n\s+at /)
    up.child.kill('SIGTERM')
    await Promise.race([up.ended, sleep(10_000)])
  }).timeout(60_000)
})

function ask(url: string, token: string, agent: Agent): Promise<{ status?: number; body: any }> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers: { authorization: `Bearer ${token}` } }, async (response) => {
      const chunks: Buffer[] = []
      for await (const chunk of response) chunks.push(chunk as Buffer)
      resolve({ status: response.statusCode, body: JSON.parse(Buffer.concat(chunks).toString()) })
    }).on('error', reject)
  })
}
