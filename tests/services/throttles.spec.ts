import db from '@adonisjs/lucid/services/db'
import redis from '@adonisjs/redis/services/main'
import { test } from '@japa/runner'
import { DEFAULT_LIMITS } from '#app/throttles/default_limits'
import env from '#start/env'
import { apiCallerWith } from '#tests/functional/api_caller'
import { attack, mostOf, type Attack, type Attacked } from '#tests/throttles/attack'
import { forgetTries, hashesOf, NO_LIMITS, setLimits } from '#tests/throttles/limits'
import { DEAD_REDIS, isInUse, OwnRedis, withRedisAt } from '#tests/throttles/own_redis'
import { anAddress, PASSWORD, someEmail, somebodyWithPassword, times, tryToSignIn } from '#tests/throttles/tries'

const FAILED = 'wrong_credentials'
const THROTTLED = 'too_many_tries'
const OF_ACCOUNT = { burst: 10, everySeconds: 30 }
const OF_ADDRESS = { burst: 100, everySeconds: 5 }

const inRedis = async () => (await redis.connection().keys('{tries}:*')).length
const inDatabase = async () => Number((await db.from('rate_limits').count('* as n').first()).n)

/** Whatever was tried was refused, and by nothing else than a wrong password or the limit. */
function onlyRefused({ answers }: Attacked): boolean {
  return [...answers.keys()].every((answer) => answer === FAILED || answer === THROTTLED)
}

test.group('Brute force', (group) => {
  let own: OwnRedis
  group.setup(async () => {
    own = await OwnRedis.start()
    return () => own.kill()
  })
  group.each.setup(async () => {
    setLimits(DEFAULT_LIMITS)
    return async () => {
      setLimits(NO_LIMITS)
      await forgetTries()
    }
  })

  async function atOneAccount(more: Partial<Attack> = {}) {
    const email = await somebodyWithPassword()
    return attack({ tries: 150, atOnce: 8, attempt: () => tryToSignIn(email, anAddress()), ...more })
  }
  function acrossAccounts(more: Partial<Attack> = {}) {
    const ip = anAddress()
    return attack({ tries: 150, atOnce: 8, attempt: () => tryToSignIn(someEmail(), ip), ...more })
  }

  test('reaches the passwords without limits', async ({ assert }) => {
    setLimits(NO_LIMITS)
    assert.equal((await atOneAccount({ tries: 40 })).hashes, 40)
    assert.equal((await acrossAccounts({ tries: 40 })).hashes, 40)
  })

  test('is stopped with Redis, which alone counts', async ({ assert }) => {
    await withRedisAt(own.url, async () => {
      await forgetTries()
      const one = await atOneAccount()
      assert.isTrue(onlyRefused(one))
      assert.isAtMost(one.hashes, mostOf(OF_ACCOUNT, one))
      assert.isAtLeast(one.hashes, 10)
      const across = await acrossAccounts()
      assert.isTrue(onlyRefused(across))
      assert.isAtMost(across.hashes, mostOf(OF_ADDRESS, across))
      assert.isAbove(await inRedis(), 10)
      assert.equal(await inDatabase(), 0)
      await forgetTries()
    })
  })

  test('is stopped without Redis, and where Redis is down', async ({ assert }) => {
    for (const url of [null, DEAD_REDIS])
      await withRedisAt(url, async () => {
        const one = await atOneAccount()
        assert.isTrue(onlyRefused(one))
        assert.isAtMost(one.hashes, mostOf(OF_ACCOUNT, one))
        const across = await acrossAccounts()
        assert.isTrue(onlyRefused(across))
        assert.isAtMost(across.hashes, mostOf(OF_ADDRESS, across))
        assert.isAbove(await inDatabase(), 10)
        await forgetTries()
      })
  })

  test('has the budget of two counters where Redis is killed in the middle, and no more', async ({ assert }) => {
    await withRedisAt(own.url, async () => {
      const one = await atOneAccount({ halfway: () => own.kill() })
      assert.isTrue(onlyRefused(one))
      assert.isAtMost(one.hashes, 2 * mostOf(OF_ACCOUNT, one))
      assert.isAbove(one.hashes, 10)
      await own.start()
      assert.isTrue(await isInUse())
      const across = await acrossAccounts({ halfway: () => own.kill() })
      assert.isTrue(onlyRefused(across))
      assert.isAtMost(across.hashes, 2 * mostOf(OF_ADDRESS, across))
      await own.start()
      assert.isTrue(await isInUse(), 'it comes back by itself')
    })
  })
})

test.group('A Redis that does not answer', (group) => {
  let own: OwnRedis
  group.each.setup(async () => {
    own = await OwnRedis.start()
    setLimits(DEFAULT_LIMITS)
    return async () => {
      setLimits(NO_LIMITS)
      env.set('API_REQUESTS_PER_MINUTE', 1_000_000)
      await forgetTries()
      await own.kill()
    }
  })

  test('is counted past, and used again once it does', async ({ assert }) => {
    await withRedisAt(own.url, async () => {
      own.halt()
      const [email, ip] = [await somebodyWithPassword(), anAddress()]
      assert.deepEqual(await times(6, () => tryToSignIn(email, ip)), [...Array(5).fill(FAILED), THROTTLED])
      assert.isAbove(await inDatabase(), 0)
      own.goOn()
      const before = await inRedis()
      for (let tried = 0; tried < 200 && (await inRedis()) === before; tried++) {
        await tryToSignIn(someEmail(), anAddress())
      }
      assert.isAbove(await inRedis(), before)
    })
  })

  test('closes the door where the database cannot count either', async ({ assert }) => {
    await withRedisAt(own.url, async () => {
      const email = await somebodyWithPassword()
      assert.equal(await tryToSignIn(email, anAddress(), PASSWORD), 'in', 'the control')
      await db.rawQuery('alter table rate_limits rename to rate_limits_away')
      try {
        assert.equal(await tryToSignIn(email, anAddress(), PASSWORD), 'in', 'Redis suffices')
        await own.kill()
        const hashes = await hashesOf(async () =>
          assert.equal(await tryToSignIn(email, anAddress(), PASSWORD), 'database_unavailable')
        )
        assert.equal(hashes, 0)
      } finally {
        await db.rawQuery('alter table rate_limits_away rename to rate_limits')
      }
    })
  })

  test('leaves the API at work, and its requests limited by each process', async ({ client, assert }) => {
    await withRedisAt(own.url, async () => {
      const api = await apiCallerWith(client, 'reception')
      env.set('API_REQUESTS_PER_MINUTE', 3)
      assert.equal((await api.get('/api/v1/me')).status(), 200)
      assert.deepEqual(await redis.connection().keys('requests:*'), [`requests:api_user_${api.user.id}`])
      await own.kill()
      const statuses = await times(4, async () => (await api.get('/api/v1/me')).status())
      assert.deepEqual(statuses, [200, 200, 200, 429])
    })
  })

  test('is told to whoever watches, and makes the server unready only where it keeps the sessions', async ({
    client,
    assert,
  }) => {
    await withRedisAt(own.url, async () => {
      const told = async () => {
        const answer = await client.get('/health/ready')
        const redisCheck = answer.body().checks.find(({ name }: { name: string }) => name === 'Redis')
        return [answer.status(), redisCheck.status]
      }
      assert.deepEqual(await told(), [200, 'ok'], 'control')
      await own.kill()
      assert.deepEqual(await told(), [200, 'warning'])
      const former = env.get('SESSION_DRIVER')
      env.set('SESSION_DRIVER', 'redis')
      try {
        assert.deepEqual(await told(), [503, 'error'])
      } finally {
        env.set('SESSION_DRIVER', former as 'database')
      }
    })
  })
})
