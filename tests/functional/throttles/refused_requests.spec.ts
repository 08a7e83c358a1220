import { randomUUID } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import env from '#start/env'
import { servedOver } from '#tests/functional/sessions/served'
import { NO_LIMITS, setLimits } from '#tests/throttles/limits'

const NOWHERE = '/api/v1/nowhere'

/** Answers of a stranger at this address to so many requests, and what the audit has of them. */
async function refused(from: string, requests: number, path = NOWHERE) {
  const name = randomUUID()
  const { send, close } = await servedOver({ from })
  const statuses: number[] = []
  for (let n = 0; n < requests; n++) statuses.push((await send('GET', path, { 'user-agent': name })).status)
  close()
  const rows = await db.from('audit_logs').where('user_agent', name).orderBy('id')
  return { statuses, times: rows.map(({ details }) => JSON.parse(details).times ?? 1) }
}

test.group('Refused requests', (group) => {
  group.each.setup(() => {
    setLimits({ FAILED_REQUESTS_PER_MINUTE: 4 })
    return () => setLimits(NO_LIMITS)
  })

  test('are told one by one up to the limit of a minute, then by the hundred', async ({ assert }) => {
    const { statuses, times } = await refused('192.0.2.77', 205)
    assert.deepEqual([...new Set(statuses)], [404])
    assert.deepEqual(times, [1, 1, 1, 1, 100, 100])
  })

  test('of another network are counted for themselves, and those of one IPv6 network together', async ({ assert }) => {
    await refused('2001:db8:7::1', 4)
    assert.deepEqual((await refused('2001:db8:7::2', 2)).times, [])
    assert.deepEqual((await refused('2001:db8:8::1', 2)).times, [1, 1])
  })

  test('are answered 429 for all of an IPv6 network once there were too many', async ({ assert }) => {
    const former = env.get('API_REQUESTS_PER_MINUTE')
    env.set('API_REQUESTS_PER_MINUTE', 3)
    try {
      const statuses = []
      for (const end of [1, 2, 3, 4])
        statuses.push(...(await refused(`2001:db8:9::${end}`, 1, '/api/v1/public/info')).statuses)
      assert.deepEqual(statuses, [200, 200, 200, 429])
    } finally {
      env.set('API_REQUESTS_PER_MINUTE', former as number)
    }
  })
})
