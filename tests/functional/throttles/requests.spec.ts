import { randomUUID } from 'node:crypto'
import limiter from '@adonisjs/limiter/services/main'
import { test } from '@japa/runner'
import { newSessionValue } from '#app/sessions/session_value'
import { DEFAULT_LIMITS } from '#app/throttles/default_limits'
import { makeToken } from '#app/tokens/make_token'
import { revokeToken } from '#app/tokens/revoke_token'
import { browserWith, callerOf, sessionOf, someone, tokenOf } from '#tests/acting'
import { auditOf } from '#tests/functional/core/probe'
import { queriesOf } from '#tests/functional/queries'
import { rawRequest, type RawAnswer } from '#tests/functional/raw_request'
import { forgetTries, NO_LIMITS, setLimits } from '#tests/throttles/limits'
import { PASSWORD, someEmail, somebodyWithPassword, times, WRONG } from '#tests/throttles/tries'

const SESSION = '/api/v1/session'
const ME = '/api/v1/me'

type Headers = Record<string, string>

function postSession(email: string, password: string, headers: Headers = {}): Promise<RawAnswer> {
  return rawRequest(
    'POST',
    SESSION,
    { 'content-type': 'application/json', ...headers },
    JSON.stringify({ email, password })
  )
}

const codeOf = ({ body }: RawAnswer) => JSON.parse(body.toString()).code as string | undefined

test.group('Tries to sign in over HTTP', (group) => {
  group.each.setup(async () => {
    await forgetTries()
    setLimits(DEFAULT_LIMITS)
    return async () => {
      setLimits(NO_LIMITS)
      await forgetTries()
    }
  })

  test('that are too many are 429 and say how long to wait', async ({ assert }) => {
    const email = await somebodyWithPassword()
    const answers = await times(6, () => postSession(email, WRONG))
    assert.deepEqual(
      answers.map(({ status }) => status),
      [401, 401, 401, 401, 401, 429]
    )
    const { headers, body } = answers[5]!
    const { code, retry_after: seconds } = JSON.parse(body.toString())
    assert.deepEqual([code, headers['retry-after']], ['too_many_tries', String(seconds)])
    assert.approximately(seconds, 180, 3)
  })

  test('get no new budget by saying that they come from elsewhere', async ({ assert }) => {
    const email = await somebodyWithPassword()
    const requestId = randomUUID()
    const elsewhere = (index: number): Headers => ({
      'X-Real-IP': `203.0.113.${index}`,
      'Forwarded': `for=203.0.113.${index}`,
      'X-Request-Id': index === 5 ? requestId : randomUUID(),
    })
    const answers = await times(6, (index) => postSession(email, WRONG, elsewhere(index)))
    assert.equal(codeOf(answers[5]!), 'too_many_tries')
    const [entry] = await auditOf(requestId)
    assert.equal(entry!.ip_address, '127.0.0.1')
    const proxied = await postSession(email, WRONG, { 'X-Forwarded-For': '203.0.113.9' })
    assert.equal(codeOf(proxied), 'https_required')
  })
})

test.group('Requests of nobody', (group) => {
  group.each.setup(async () => {
    await limiter.clear()
    setLimits({ FAILED_REQUESTS_PER_MINUTE: 4 })
    return async () => {
      setLimits(NO_LIMITS)
      await forgetTries()
    }
  })

  const asTokenOf = (value: string): Headers => ({ authorization: `Bearer ${value}` })
  const get = (headers: Headers) => rawRequest('GET', ME, headers)
  const wrongToken = () => asTokenOf(`oat_${randomUUID()}.${randomUUID()}`)
  const deadSession = () => browserWith(newSessionValue())

  test('with wrong tokens or ended sessions are refused before the database is asked', async ({ assert }) => {
    const { token, value } = await makeToken(callerOf(), {
      user: (await someone('reception')).uuid,
      abilities: ['*'],
      expires_in: 3600,
    })
    await revokeToken(callerOf(), { id: token.uuid })
    const revoked = asTokenOf(value)
    const answers = await times(6, (index) => get(index % 2 ? wrongToken() : deadSession()))
    assert.deepEqual(
      answers.map(({ status }) => status),
      [401, 401, 401, 401, 429, 429]
    )
    assert.equal(codeOf(answers[5]!), 'too_many_requests')
    assert.match(answers[5]!.headers['retry-after']!, /^([1-9]|[1-5]\d|60)$/)
    const asked = async (headers: Headers) => {
      const queries = await queriesOf(async () => void (await get(headers)))
      return queries.filter(({ sql }) => /access_tokens|sessions/.test(sql)).length
    }
    assert.deepEqual([await asked(revoked), await asked(deadSession())], [0, 0])
    setLimits(NO_LIMITS)
    assert.isAbove(await asked(revoked), 0, 'the control')
    assert.isAbove(await asked(deadSession()), 0, 'the control')
  })

  test('do not hold up those at the same address who are at work, or who sign in', async ({ assert }) => {
    const user = await someone('reception')
    const [token, session] = [asTokenOf(await tokenOf(user)), await sessionOf(user)]
    const unseen = asTokenOf(await tokenOf(user))
    assert.deepEqual([(await get(token)).status, (await get(session)).status], [200, 200])
    await times(5, () => get(wrongToken()))
    assert.equal((await get(unseen)).status, 429, 'nobody knows it yet')
    assert.deepEqual([(await get(token)).status, (await get(session)).status], [200, 200])
    const email = await somebodyWithPassword()
    const signedIn = await postSession(email, PASSWORD)
    assert.equal(signedIn.status, 201)
    const [cookie] = signedIn.headers['set-cookie'] as unknown as string[]
    const seen = await rawRequest('GET', SESSION, browserWith(/medinfo_dev=([^;]+)/.exec(cookie!)![1]!))
    assert.equal(seen.status, 200)
  })

  test('with a session that has ended since count, though it was good before', async ({ assert }) => {
    const session = await sessionOf(await someone('reception'))
    assert.equal((await get(session)).status, 200)
    assert.equal((await rawRequest('DELETE', SESSION, session)).status, 200)
    const statuses = await times(5, async () => (await get(session)).status)
    assert.deepEqual(statuses, [401, 401, 401, 401, 429])
  })

  test('without any credential are not counted', async ({ assert }) => {
    const statuses = await times(8, async () => (await get({})).status)
    assert.deepEqual([...new Set(statuses)], [401])
    assert.equal((await postSession(someEmail(), WRONG)).status, 401)
  })
})
