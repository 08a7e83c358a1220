import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { moveClock, now } from '#app/core/clock'
import { newSecret } from '#app/factors/totp'
import { tokenOf } from '#tests/acting'
import { auditOf } from '#tests/functional/core/probe'
import { API, browserOf, SECOND_FACTOR, toldBy, TOTP, type Browser } from '#tests/functional/factors/browser_of'
import { meeting } from '#tests/functional/factors/meeting'
import { alignClock, clockAt, codeOf, giveGenerator } from '#tests/functional/factors/some_factor'
import { PASSWORD, somebody, standing } from '#tests/functional/sessions/browser'
import { forgetTries, NO_LIMITS, setLimits } from '#tests/throttles/limits'

const STEP = 30_000
const ROUNDS = 12
const PATIENTS = `${API}/patients`

/** What these tell who send a code at one moment, each of which was found right before one is used up. */
const atOnce = (browsers: Browser[], body: object) =>
  meeting(browsers.length, () => Promise.all(browsers.map((browser) => browser.told('post', SECOND_FACTOR, body))))

test.group('The second factor: refusals', (group) => {
  group.each.setup(alignClock)
  group.each.teardown(() => moveClock(0))

  test('a wrong code, somebody else’s, and one of two steps away open nothing', async ({ client, assert }) => {
    const user = await somebody('doctor')
    const secret = await giveGenerator(user)
    const others = await giveGenerator(await somebody('doctor'))
    const browser = await browserOf(client, user)
    for (const code of [codeOf(others), codeOf(secret, -2), codeOf(secret, 2)]) {
      const answer = await browser.send('post', SECOND_FACTOR, { code })
      assert.equal(toldBy(answer), '422 code_invalid')
      assert.equal(answer.body().errors[0].pointer, '/code')
    }
    assert.equal(await browser.told('get', PATIENTS), '403 second_factor_required')
    assert.equal(await browser.told('post', SECOND_FACTOR, { code: codeOf(secret) }), '200', 'control')
    assert.equal(await browser.told('get', PATIENTS), '200')
  })

  test('whoever has no factor has no code that is right', async ({ client, assert }) => {
    const browser = await browserOf(client, await somebody('patient'))
    assert.equal(await browser.told('post', SECOND_FACTOR, { code: '123456' }), '422 code_invalid')
  })

  test('a generator that was never confirmed proves nothing', async ({ client, assert }) => {
    const browser = await browserOf(client, await somebody('doctor'))
    const { secret } = (await browser.send('post', TOTP, {})).body().data
    assert.equal(await browser.told('post', SECOND_FACTOR, { code: codeOf(secret) }), '422 code_invalid')
    assert.equal(await browser.told('get', PATIENTS), '403 enrolment_required')
  })

  test('neither, both, and what is no code are refused by their form', async ({ client, assert }) => {
    const browser = await browserOf(client, await somebody('patient'))
    const recovery = 'AAAA-BBBB-CCCC-DDDD'
    for (const body of [{}, { code: '12345' }, { recovery_code: 'AAAA' }, { code: '123456', recovery_code: recovery }])
      assert.equal(await browser.told('post', SECOND_FACTOR, body), '422 invalid', JSON.stringify(body))
  })

  test('a token has no second factor to prove', async ({ client, assert }) => {
    const user = await somebody('doctor')
    const secret = await giveGenerator(user)
    const answer = await client
      .post(SECOND_FACTOR)
      .bearerToken(await tokenOf(user))
      .json({ code: codeOf(secret) })
    assert.equal(toldBy(answer), '403 session_required')
  })

  test('one session’s proof is not another’s', async ({ client, assert }) => {
    const user = await somebody('doctor')
    const secret = await giveGenerator(user)
    const [first, second] = [await browserOf(client, user), await browserOf(client, user)]
    assert.equal(await second.told('post', SECOND_FACTOR, { code: codeOf(secret) }), '200')
    assert.equal(await first.told('get', PATIENTS), '403 second_factor_required')
  })

  test('no other route that a pending session reaches stands in for it', async ({ client, assert }) => {
    const user = await somebody('doctor')
    await giveGenerator(user)
    const browser = await browserOf(client, user)
    const tried: string[] = []
    for (const [method, path, body] of [
      ['post', `${API}/session/confirmation`, { password: PASSWORD }],
      ['post', TOTP, {}],
      ['post', `${TOTP}/confirmation`, { code: '123456' }],
      ['delete', TOTP, {}],
      ['post', `${API}/me/recovery-codes`, {}],
      ['delete', `${API}/users/${user.uuid}/factors`, {}],
    ] as const)
      tried.push(await browser.told(method, path, body))
    assert.deepEqual(tried, [
      ...['422 factor_needed', '403 forbidden', '409 no_generator', '403 forbidden', '403 forbidden'],
      '403 second_factor_required',
    ])
    assert.equal(await browser.told('get', PATIENTS), '403 second_factor_required')
    assert.equal((await browser.send('get', `${API}/session`)).body().data.confirmed_at, null)
  })

  test('too many wrong codes make the right one wait too, in every browser', async ({ client, assert, cleanup }) => {
    await forgetTries()
    setLimits({ SIGN_IN_TRIES_PER_ACCOUNT: 8 })
    cleanup(async () => {
      setLimits(NO_LIMITS)
      await forgetTries()
    })
    const user = await somebody('doctor')
    const secret = await giveGenerator(user)
    const browser = await browserOf(client, user)
    const told = new Set<string>()
    for (let n = 0; n < 4; n++) told.add(await browser.told('post', SECOND_FACTOR, { code: codeOf(secret, 5 + n) }))
    assert.deepEqual([...told], ['422 code_invalid'])
    assert.equal(await browser.told('post', SECOND_FACTOR, { code: codeOf(secret) }), '429 too_many_tries')
    assert.equal(
      await browser.told('post', `${API}/session/confirmation`, { code: codeOf(secret) }),
      '429 too_many_tries'
    )
    const other = await browserOf(client, user)
    assert.equal(await other.told('post', SECOND_FACTOR, { code: codeOf(secret) }), '429 too_many_tries')
    assert.equal(await standing(client, browser.value), '200', 'and nobody is signed out by it')
    await forgetTries()
    assert.equal(await other.told('post', SECOND_FACTOR, { code: codeOf(secret) }), '200', 'control')
  })
})

test.group('The second factor', (group) => {
  group.each.setup(alignClock)
  group.each.teardown(() => moveClock(0))

  test('is the code of this step, the one before or the one after', async ({ client, assert }) => {
    for (const away of [-1, 0, 1]) {
      const user = await somebody('doctor')
      const secret = await giveGenerator(user)
      const browser = await browserOf(client, user)
      assert.equal(await browser.told('post', SECOND_FACTOR, { code: codeOf(secret, away) }), '200', `${away}`)
    }
  })

  test('is typed with a space or without', async ({ client, assert }) => {
    const user = await somebody('doctor')
    const secret = await giveGenerator(user)
    const code = codeOf(secret).replace(/^.../, '$& ')
    assert.equal(await (await browserOf(client, user)).told('post', SECOND_FACTOR, { code }), '200')
  })

  test('completes the session under a new value and ends the former one', async ({ client, assert }) => {
    const user = await somebody('doctor')
    const secret = await giveGenerator(user)
    const browser = await browserOf(client, user)
    const before = browser.value
    assert.equal((await browser.send('get', `${API}/session`)).body().data.state, 'second_factor')
    const { data } = (await browser.send('post', SECOND_FACTOR, { code: codeOf(secret) })).body()
    assert.equal(data.state, 'complete')
    assert.isNotNull(data.confirmed_at)
    assert.notEqual(browser.value, before)
    assert.equal(await standing(client, before), '401 session_over')
    assert.equal(await standing(client, browser.value), '200')
  })

  test('is used once: neither again nor one of an earlier step', async ({ client, assert }) => {
    const user = await somebody('doctor')
    const secret = await giveGenerator(user)
    const used = codeOf(secret)
    const told: string[] = []
    for (const code of [used, used, codeOf(secret, -1), codeOf(secret, 1)])
      told.push(await (await browserOf(client, user)).told('post', SECOND_FACTOR, { code }))
    assert.deepEqual(told, ['200', '422 code_invalid', '422 code_invalid', '200'])
    clockAt(STEP)
    const later = await browserOf(client, user)
    assert.equal(
      await later.told('post', SECOND_FACTOR, { code: codeOf(secret) }),
      '422 code_invalid',
      'used a step ago'
    )
    assert.equal(await later.told('post', SECOND_FACTOR, { code: codeOf(secret, 1) }), '200')
  })

  test('is used once by two browsers at the same moment', async ({ client, assert }) => {
    const user = await somebody('doctor')
    const secret = await giveGenerator(user)
    for (let round = 0; round < ROUNDS; round++) {
      clockAt(round * STEP)
      const browsers = [await browserOf(client, user), await browserOf(client, user)]
      const { result: told, met } = await atOnce(browsers, { code: codeOf(secret) })
      assert.deepEqual(told.toSorted(), ['200', '422 code_invalid'], `round ${round}`)
      assert.equal(met, 2, 'control: both had the right code in their hand')
      const open = await Promise.all(browsers.map((browser) => browser.told('get', PATIENTS)))
      assert.deepEqual(open.toSorted(), ['200', '403 second_factor_required'])
    }
  })

  test('control: two people with one secret get in at the same moment', async ({ client, assert }) => {
    const secret = newSecret()
    const people = [await somebody('doctor'), await somebody('doctor')]
    for (const user of people) await giveGenerator(user, secret)
    for (let round = 0; round < 3; round++) {
      clockAt(round * STEP)
      const browsers = [await browserOf(client, people[0]!), await browserOf(client, people[1]!)]
      const { result } = await atOnce(browsers, { code: codeOf(secret) })
      assert.deepEqual(result, ['200', '200'])
    }
  })

  test('leaves one entry a try in the audit, without the code', async ({ client, assert }) => {
    const user = await somebody('doctor')
    const secret = await giveGenerator(user)
    const browser = await browserOf(client, user)
    const wrong = codeOf(secret, 3)
    const refused = await browser.send('post', SECOND_FACTOR, { code: wrong })
    const done = await browser.send('post', SECOND_FACTOR, { code: codeOf(secret) })
    for (const [answer, action, outcome] of [
      [refused, 'second_factor_failed', 'refused'],
      [done, 'second_factor_success', 'done'],
    ] as const) {
      const entries = await auditOf(answer.requestId)
      assert.lengthOf(entries, 1)
      assert.deepInclude(entries[0], { action, outcome, user_id: user.id })
      const details = JSON.stringify(entries[0]!.details)
      for (const text of [wrong, codeOf(secret), secret]) assert.notInclude(details, text)
    }
    assert.equal(JSON.parse((await auditOf(done.requestId))[0]!.details).by, 'code')
    assert.equal((await db.from('totp_secrets').where('user_id', user.id).first()).last_step, currentStep())
  })
})

function currentStep() {
  return Math.floor(now().getTime() / STEP)
}
