import { test } from '@japa/runner'
import { sessionOf, someone } from '#tests/acting'
import { auditOf } from '#tests/functional/core/probe'
import { type Browser, browserOf, send, SIGN_IN, told, tryToSignIn } from '#tests/functional/factors/by_passkey'
import { someChallenge, somePasskey } from '#tests/functional/factors/some_passkey'
import { type Faults } from '#tests/passkey_device'
import { forgetTries, NO_LIMITS, setLimits } from '#tests/throttles/limits'

test.group('Signing in by a passkey', () => {
  test('opens all that the person may, with the cookie of a new session, and is told in the audit', async ({
    client,
    assert,
  }) => {
    const user = await someone('doctor')
    const { device, passkey } = await somePasskey(user, { counter: 3 })
    const answer = await tryToSignIn(client, device)
    const { state, user_id, confirmed_at } = answer.body().data
    assert.deepInclude({ state, user_id }, { state: 'complete', user_id: user.uuid })
    assert.isNotNull(confirmed_at)
    const patients = client.get('/api/v1/patients')
    for (const [name, value] of Object.entries(browserOf(answer))) patients.header(name, value)
    assert.equal((await patients).status(), 200)
    const [row, ...more] = await auditOf(answer.requestId)
    assert.deepInclude(row, { action: 'login_success', outcome: 'done', user_id: user.id, http_status: 201 })
    assert.include(JSON.stringify(row), passkey.uuid)
    assert.include(JSON.stringify(row), String.raw`\"by\":\"passkey\"`)
    assert.lengthOf(more, 0)
    await passkey.refresh()
    assert.equal(Number(passkey.counter), 4)
    assert.isNotNull(passkey.lastUsedAt)
  })

  test('a refusal is told in the audit once, with whose passkey it was and nothing that was signed', async ({
    client,
    assert,
  }) => {
    const user = await someone('doctor')
    const { device } = await somePasskey(user)
    const answer = await tryToSignIn(client, device, { origin: 'https://evil.example' })
    const [row, ...more] = await auditOf(answer.requestId)
    assert.lengthOf(more, 0)
    assert.deepInclude(row, { action: 'login_failed', outcome: 'refused', entity_uuid: user.uuid, user_id: null })
    for (const secret of ['evil', device.id]) assert.notInclude(JSON.stringify(row), secret)
  })

  test('offers the same to everybody, and the refusal of a page at a bare address says where to go', async ({
    client,
    assert,
  }) => {
    const offer = await send(client, `${SIGN_IN}-options`)
    offer.assertStatus(200)
    const { options } = offer.body().data
    assert.deepInclude(options, { rpId: 'localhost', userVerification: 'required', allowCredentials: [] })
    const port = process.env.PORT
    const at = (host: string) => ({ 'origin': `http://${host}:${port}`, 'sec-fetch-site': 'same-origin' })
    assert.equal((await send(client, `${SIGN_IN}-options`, {}, at('localhost'))).status(), 200, 'control')
    for (const host of ['127.0.0.1', '[::1]', '192.168.1.20', 'clinic.example.org']) {
      const refused = await send(client, `${SIGN_IN}-options`, {}, at(host))
      assert.deepEqual(told(refused), [422, 'passkeys_need_a_name'], host)
      assert.equal(refused.body().address, `http://localhost:${port}`)
      assert.match(refused.body().detail, /code/)
    }
  })

  test('ends the session that waited for the second factor', async ({ client, assert }) => {
    const user = await someone('doctor')
    const { device } = await somePasskey(user)
    const pending = await sessionOf(user, { withFactor: false })
    const status = async (browser: Browser) => {
      const request = client.get('/api/v1/session')
      for (const [name, value] of Object.entries(browser)) request.header(name, value)
      const answer = await request
      return answer.body().data?.state ?? answer.body().code
    }
    assert.equal(await status(pending), 'second_factor', 'control')
    const { id, challenge } = await someChallenge('passkey_sign_in', null)
    const answer = await send(client, SIGN_IN, { challenge_id: id, credential: device.get({ challenge }) }, pending)
    answer.assertStatus(201)
    assert.equal(await status(browserOf(answer)), 'complete')
    assert.equal(await status(pending), 'session_over')
  })
})

test.group('Many tries of a passkey', (group) => {
  group.each.setup(async () => {
    await forgetTries()
    return async () => {
      setLimits(NO_LIMITS)
      await forgetTries()
    }
  })

  test('from one address have to wait once three have failed; those that succeed do not count', async ({
    client,
    assert,
  }) => {
    setLimits({ SIGN_IN_TRIES_PER_ADDRESS: 3 })
    const { device } = await somePasskey(await someone('doctor'))
    const statuses = async (faults: Faults) => {
      const seen: number[] = []
      for (let n = 0; n < 5; n++) seen.push((await tryToSignIn(client, device, faults)).status())
      return seen
    }
    assert.deepEqual(await statuses({}), [201, 201, 201, 201, 201])
    assert.deepEqual(await statuses({ isVerified: false }), [422, 422, 422, 429, 429])
    const refused = await tryToSignIn(client, device)
    assert.deepEqual(told(refused), [429, 'too_many_tries'])
    assert.match(refused.header('retry-after') ?? '', /^\d+$/)
    const [row, ...more] = await auditOf(refused.requestId)
    assert.deepInclude(row, { action: 'login_failed', outcome: 'refused', http_status: 429 })
    assert.lengthOf(more, 0)
  })

  test('of the password do not hold the passkey up', async ({ client, assert }) => {
    setLimits({ SIGN_IN_TRIES_PER_ACCOUNT: 2, SIGN_IN_TRIES_PER_ADDRESS: 2 })
    const user = await someone('doctor')
    const { device } = await somePasskey(user)
    const body = { email: user.email, password: 'ce-n-est-pas-le-bon' }
    const statuses = []
    for (let n = 0; n < 4; n++) statuses.push((await send(client, '/api/v1/session', body)).status())
    assert.equal(statuses.at(-1), 429, 'control')
    assert.equal((await tryToSignIn(client, device)).status(), 201)
  })
})
