import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { spawn, type ChildProcess } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { beginSession } from '#app/sessions/begin_session'
import { closeSessionRedis, sessionRedis } from '#app/sessions/redis_connection'
import { writeLastSeen } from '#app/sessions/verify_session'
import env from '#start/env'
import { callerOf, someone, tokenOf } from '#tests/acting'
import { auditOf } from '#tests/functional/core/probe'
import { asBrowser, SESSION, signIn, somebody, standing } from '#tests/functional/sessions/browser'
import { sessionTests } from '#tests/functional/sessions/store_tests'

/** Sessions go to the Redis of this address, until the answer is called. */
function useRedis(url: string): () => void {
  const former = { SESSION_DRIVER: env.get('SESSION_DRIVER'), REDIS_URL: env.get('REDIS_URL') }
  env.set('SESSION_DRIVER', 'redis')
  env.set('REDIS_URL', url)
  void closeSessionRedis()
  return () => {
    void closeSessionRedis()
    for (const [name, value] of Object.entries(former)) env.set(name as 'REDIS_URL', value as string)
  }
}

sessionTests('Redis', {
  setup: () => useRedis(env.get('REDIS_URL')!),
  async dump() {
    const redis = await sessionRedis()
    const keys = await redis.keys('medinfo:session*')
    const texts = await Promise.all(
      keys.map(async (key) =>
        (await redis.type(key)) === 'string' ? await redis.get(key) : (await redis.zrange(key, 0, -1)).join(' ')
      )
    )
    return keys.map((key, at) => `${key} ${texts[at]}`)
  },
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

/** A Redis of this test's own, which it can end and start again where it was. */
class OwnRedis {
  private child?: ChildProcess

  private constructor(
    private port: number,
    private folder: string
  ) {}

  static async begin() {
    const redis = new OwnRedis(await freePort(), mkdtempSync(join(tmpdir(), 'medinfo-redis-')))
    await redis.start()
    return redis
  }

  get url() {
    return `redis://127.0.0.1:${this.port}`
  }

  async start() {
    const args = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder, '--save', '']
    const child = spawn('redis-server', [...args, '--appendonly', 'yes', '--appendfsync', 'always'])
    this.child = child
    for await (const line of child.stdout!) if (String(line).includes('Ready to accept')) break
    child.stdout!.resume()
  }

  signal(name: NodeJS.Signals) {
    this.child!.kill(name)
  }

  async kill() {
    if (!this.child || this.child.exitCode !== null || this.child.signalCode) return
    const ended = once(this.child, 'exit')
    this.child.kill('SIGKILL')
    await ended
  }

  async remove() {
    await this.kill()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

test.group('A Redis that is gone', (group) => {
  let redis: OwnRedis
  group.setup(async () => {
    redis = await OwnRedis.begin()
    const restore = useRedis(redis.url)
    return async () => {
      restore()
      await redis.remove()
    }
  })
  group.each.teardown(async () => {
    moveClock(0)
    await redis.kill()
    await redis.start()
  })

  const signedIn = async () => {
    const user = await someone('admin')
    return beginSession({ user, withFactor: true }, callerOf(user), db.connection())
  }

  test('signs nobody in and recognises nobody: 503, and all goes on when it is back', async ({ client, assert }) => {
    const user = await somebody('patient')
    const { value } = await signedIn()
    assert.equal(await standing(client, value), '200', 'control')
    await redis.kill()
    const cookie = { cookie: `medinfo_dev=${value}` }
    for (const path of [SESSION, '/api/v1/patients', '/api/v1/me/sessions']) {
      const answer = await client.get(path).header('cookie', cookie.cookie)
      assert.deepEqual([answer.status(), answer.body().code], [503, 'sessions_unavailable'], path)
      assert.equal(answer.header('retry-after'), '5')
      assert.isUndefined(answer.header('set-cookie'), 'the browser keeps its cookie')
    }
    assert.equal(await standing(client, 'x'.repeat(43)), '503 sessions_unavailable')
    const refused = await signIn(client, user.email!)
    assert.deepEqual([refused.status(), refused.body().code, refused.value], [503, 'sessions_unavailable', null])
    const entries = await auditOf(refused.requestId)
    assert.deepEqual(
      entries.map(({ action, outcome }) => [action, outcome]),
      [['login_failed', 'failed']]
    )
    await redis.start()
    assert.equal(await standing(client, value), '200', 'the session is still there')
    assert.equal((await signIn(client, user.email!)).status(), 201)
  })

  test('asks nothing of whoever has a token', async ({ client, assert }) => {
    const token = await tokenOf(await someone('admin'))
    await redis.kill()
    assert.equal((await client.get('/api/v1/patients').bearerToken(token)).status(), 200)
  })

  test('ends nobody’s session by halves: signing out is refused, and done when it is back', async ({
    client,
    assert,
  }) => {
    const { value } = await signedIn()
    await redis.kill()
    assert.equal((await asBrowser(client, value, 'delete', SESSION)).status(), 503)
    await redis.start()
    assert.equal((await asBrowser(client, value, 'delete', SESSION)).status(), 200)
    assert.equal(await standing(client, value), '401 session_over')
  })

  test('that hangs does not make the server hang', async ({ client, assert }) => {
    const { value } = await signedIn()
    redis.signal('SIGSTOP')
    const answers = await Promise.all([1, 2, 3].map(() => standing(client, value)))
    assert.deepEqual(
      answers,
      Array.from({ length: 3 }, () => '503 sessions_unavailable')
    )
    redis.signal('SIGCONT')
    assert.equal(await standing(client, value), '200')
  })

  test('loses when somebody was last seen, and no more than that', async ({ client, assert }) => {
    const { value } = await signedIn()
    moveClock(2 * 60_000)
    assert.equal(await standing(client, value), '200')
    await redis.kill()
    await assert.rejects(() => writeLastSeen(), 'sessions_unavailable')
    await redis.start()
    assert.equal(await standing(client, value), '200')
    assert.equal(await writeLastSeen(), 1)
  })
})
