import db from '@adonisjs/lucid/services/db'
import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { disableUser } from '#app/users/disable_user'
import type User from '#app/users/user'
import { browserWith, callerOf, sessionOf, someone } from '#tests/acting'
import { auditOf } from '#tests/functional/core/probe'
import { someChallenge, somePasskey } from '#tests/functional/factors/some_passkey'
import { PasskeyDevice, type Faults } from '#tests/passkey_device'

const SIGN_IN = '/api/v1/session/passkey'
const ADD = '/api/v1/me/passkeys'
const CONFIRM = '/api/v1/session/passkey-confirmation'
const MINUTE = 60_000

type Browser = Record<string, string>

/** A POST by this browser, or by one in which nobody has signed in. */
async function send(client: ApiClient, path: string, body: object = {}, browser: Browser = {}) {
  const requestId = newUuid()
  const request = client.post(path).json(body).header('X-Request-Id', requestId)
  for (const [name, value] of Object.entries(browser)) request.header(name, value)
  return Object.assign(await request, { requestId })
}

type Answer = Awaited<ReturnType<typeof send>>

const told = (answer: Answer) => [answer.status(), answer.body().code]
const REFUSED = [422, 'passkey_invalid']

/** The browser with the session that this answer gives it. */
function browserOf(answer: Answer): Browser {
  const value = /^medinfo_dev=([^;]+);/.exec(String(answer.header('set-cookie')))![1]!
  return browserWith(value)
}

/** Somebody with a passkey, who signs in by it, with or without a fault. */
async function tryToSignIn(client: ApiClient, device: PasskeyDevice, faults: Faults = {}) {
  const { id, challenge } = await someChallenge('passkey_sign_in', null)
  return send(client, SIGN_IN, { challenge_id: id, credential: device.get({ challenge }, faults) })
}

/** Each is refused alone; without it the same request passes. */
const FAULTS: Record<string, Faults> = {
  'at a page of another origin': { origin: 'http://localhost.example.org' },
  'at the same host under another port': { origin: 'http://localhost:1' },
  'for another relying party': { rpId: 'example.org' },
  'by a device that did not verify its person': { isVerified: false },
  'by a device that nobody touched': { isPresent: false },
  'of another challenge': { challenge: Buffer.alloc(32).toString('base64url') },
}

test.group('Signing in by a passkey: refusals', (group) => {
  group.each.teardown(() => moveClock(0))

  for (const [what, faults] of Object.entries({
    ...FAULTS,
    'by another key': { withOtherKey: true },
    'made for a registration': { type: 'webauthn.create' },
    'without saying whose it is': { userHandle: null },
    'saying that it is somebody else’s': { userHandle: Buffer.alloc(16).toString('base64url') },
    'saying that it is nobody’s': { userHandle: 'AAAA' },
  } as Record<string, Faults>))
    test(`an answer ${what}`, async ({ client, assert }) => {
      const { device } = await somePasskey(await someone('doctor'))
      const refused = await tryToSignIn(client, device, faults)
      assert.deepEqual(told(refused), REFUSED)
      assert.isUndefined(refused.header('set-cookie'))
      assert.equal((await tryToSignIn(client, device)).status(), 201, 'control')
    })

  test('the same answer twice', async ({ client, assert }) => {
    const { device } = await somePasskey(await someone('doctor'))
    const { id, challenge } = await someChallenge('passkey_sign_in', null)
    const answer = { challenge_id: id, credential: device.get({ challenge }) }
    assert.equal((await send(client, SIGN_IN, answer)).status(), 201)
    assert.deepEqual(told(await send(client, SIGN_IN, answer)), REFUSED)
  })

  test('another answer to a challenge that was answered', async ({ client, assert }) => {
    const { device } = await somePasskey(await someone('doctor'))
    const { id, challenge } = await someChallenge('passkey_sign_in', null)
    const status = async () =>
      (await send(client, SIGN_IN, { challenge_id: id, credential: device.get({ challenge }) })).status()
    assert.deepEqual([await status(), await status()], [201, 422])
  })

  test('after five minutes', async ({ client, assert }) => {
    const { device } = await somePasskey(await someone('doctor'))
    const [early, late] = [await someChallenge('passkey_sign_in', null), await someChallenge('passkey_sign_in', null)]
    const answer = ({ id, challenge }: typeof early) =>
      send(client, SIGN_IN, { challenge_id: id, credential: device.get({ challenge }) })
    moveClock(4.9 * MINUTE)
    assert.equal((await answer(early)).status(), 201, 'control')
    moveClock(5.1 * MINUTE)
    assert.deepEqual(told(await answer(late)), REFUSED)
  })

  test('a challenge for something else', async ({ client, assert }) => {
    const user = await someone('doctor')
    const { device } = await somePasskey(user)
    for (const purpose of ['passkey_registration', 'passkey_confirmation'] as const)
      for (const whose of [user, null]) {
        const { id, challenge } = await someChallenge(purpose, whose)
        const answer = { challenge_id: id, credential: device.get({ challenge }) }
        assert.deepEqual(told(await send(client, SIGN_IN, answer)), REFUSED, purpose)
      }
    assert.equal((await tryToSignIn(client, device)).status(), 201, 'control')
  })

  test('a passkey that nobody has added, and one that was removed', async ({ client, assert }) => {
    const user = await someone('doctor')
    assert.deepEqual(told(await tryToSignIn(client, new PasskeyDevice(user))), REFUSED)
    const { device, passkey } = await somePasskey(user)
    assert.equal((await tryToSignIn(client, device)).status(), 201, 'control')
    await passkey.delete()
    assert.deepEqual(told(await tryToSignIn(client, device)), REFUSED)
  })

  test('one of a closed account', async ({ client, assert }) => {
    const user = await someone('doctor')
    const { device } = await somePasskey(user)
    assert.equal((await tryToSignIn(client, device)).status(), 201, 'control')
    await disableUser(callerOf(), { user: user.uuid })
    assert.deepEqual(told(await tryToSignIn(client, device)), REFUSED)
  })

  test('a copied device, and the device after its copy', async ({ client, assert }) => {
    const { device } = await somePasskey(await someone('doctor'), { counter: 7 })
    const copy = device.copy()
    assert.equal((await tryToSignIn(client, device)).status(), 201)
    assert.deepEqual(told(await tryToSignIn(client, copy)), REFUSED, 'the same count again')
    assert.equal((await tryToSignIn(client, copy)).status(), 201, 'the copy is ahead')
    const refused = await tryToSignIn(client, device)
    assert.deepEqual(told(refused), REFUSED, 'which the device shows')
    const [row] = await auditOf(refused.requestId)
    assert.deepInclude(row, { action: 'login_failed', outcome: 'refused' })
  })

  test('a device that counted once counts for ever; one that never did need not', async ({ client, assert }) => {
    const { device: silent } = await somePasskey(await someone('doctor'))
    assert.deepEqual(
      [(await tryToSignIn(client, silent)).status(), (await tryToSignIn(client, silent)).status()],
      [201, 201]
    )
    const { device } = await somePasskey(await someone('doctor'), { counter: 7 })
    device.counter = null
    assert.deepEqual(told(await tryToSignIn(client, device)), REFUSED)
  })

  test('one of two that answer the same challenge at one moment', async ({ client, assert }) => {
    for (let round = 0; round < 10; round++) {
      const { device } = await somePasskey(await someone('doctor'))
      const { id, challenge } = await someChallenge('passkey_sign_in', null)
      const answers = [device.get({ challenge }), device.get({ challenge })]
      const statuses = await Promise.all(
        answers.map(async (credential) => (await send(client, SIGN_IN, { challenge_id: id, credential })).status())
      )
      assert.sameMembers(statuses, [201, 422])
    }
    const { device } = await somePasskey(await someone('doctor'))
    const both = await Promise.all([tryToSignIn(client, device), tryToSignIn(client, device)])
    assert.deepEqual(
      both.map((answer) => answer.status()),
      [201, 201],
      'control: two challenges'
    )
  })

  test('all are one refusal, which tells of no account', async ({ client, assert }) => {
    const user = await someone('doctor')
    const { device } = await somePasskey(user)
    const body = (answer: Answer) => ({ ...answer.body(), request_id: null })
    const unknown = await tryToSignIn(client, new PasskeyDevice(user))
    assert.deepEqual(told(unknown), REFUSED)
    assert.deepEqual(body(await tryToSignIn(client, device, { isVerified: false })), body(unknown))
    await disableUser(callerOf(), { user: user.uuid })
    assert.deepEqual(body(await tryToSignIn(client, device)), body(unknown))
  })

  test('what is no credential at all, or a very long one', async ({ client, assert }) => {
    const { device } = await somePasskey(await someone('doctor'))
    const { id, challenge } = await someChallenge('passkey_sign_in', null)
    const credential = device.get({ challenge })
    const status = async (changed: object, response: object = {}) =>
      told(
        await send(client, SIGN_IN, {
          challenge_id: id,
          credential: { ...credential, ...changed, response: { ...credential.response, ...response } },
        })
      )
    assert.deepEqual(await status({ type: 'password' }), [422, 'invalid'])
    assert.deepEqual(await status({ id: 'not base64url!' }), [422, 'invalid'])
    assert.deepEqual(await status({}, { signature: undefined }), [422, 'invalid'])
    assert.deepEqual(await status({}, { authenticatorData: 'A'.repeat(20_000) }), [422, 'invalid'])
    assert.deepEqual(await status({}, { authenticatorData: 'AAAA' }), REFUSED)
    assert.deepEqual(await status({}, { clientDataJSON: 'AAAA' }), REFUSED)
    assert.deepEqual(await status({ rawId: 'AAAA' }), REFUSED)
    assert.deepEqual(await status({ authenticatorAttachment: 'platform' }), [201, undefined], 'what a browser adds')
  })
})

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

test.group('Adding a passkey: refusals', (group) => {
  group.each.teardown(() => moveClock(0))

  async function tryToAdd(client: ApiClient, user: User, faults: Faults = {}, device = new PasskeyDevice(user)) {
    const { id, challenge } = await someChallenge('passkey_registration', user)
    const credential = device.create({ challenge }, faults)
    return send(client, ADD, { challenge_id: id, credential, name: 'Clé' }, await sessionOf(user))
  }

  for (const [what, faults] of Object.entries({
    ...FAULTS,
    'made for a sign-in': { type: 'webauthn.get' },
    'with a certificate that nobody asked for': { attestation: 'certificate' },
  } as Record<string, Faults>))
    test(`one ${what}`, async ({ client, assert }) => {
      const user = await someone('doctor')
      assert.deepEqual(told(await tryToAdd(client, user, faults)), REFUSED)
      assert.lengthOf(await db.from('passkeys').where('user_id', user.id), 0)
      assert.equal((await tryToAdd(client, user)).status(), 201, 'control')
    })

  test('but not one that attests by its own key alone', async ({ client, assert }) => {
    assert.equal((await tryToAdd(client, await someone('doctor'), { attestation: 'self' })).status(), 201)
  })

  test('one for somebody else’s challenge, used, old, or made for a sign-in', async ({ client, assert }) => {
    const [user, other] = [await someone('doctor'), await someone('doctor')]
    const add = async (made: Awaited<ReturnType<typeof someChallenge>>, browser?: Browser) => {
      const credential = new PasskeyDevice(user).create(made)
      return told(
        await send(client, ADD, { challenge_id: made.id, credential, name: 'Clé' }, browser ?? (await sessionOf(user)))
      )
    }
    const own = await someChallenge('passkey_registration', user)
    assert.deepEqual(await add(await someChallenge('passkey_registration', other)), REFUSED)
    assert.deepEqual(await add(await someChallenge('passkey_registration', null)), REFUSED)
    assert.deepEqual(await add(await someChallenge('passkey_sign_in', null)), REFUSED)
    assert.deepEqual(await add(await someChallenge('passkey_confirmation', user)), REFUSED)
    assert.equal((await add(own))[0], 201, 'control')
    await user.refresh()
    assert.deepEqual(await add(own), REFUSED, 'used')
    const late = await someChallenge('passkey_registration', user)
    moveClock(5.1 * MINUTE)
    assert.deepEqual(await add(late), REFUSED, 'old')
  })

  test('one that somebody has already', async ({ client, assert }) => {
    const [user, other] = [await someone('doctor'), await someone('doctor')]
    const { device } = await somePasskey(other)
    assert.deepEqual(told(await tryToAdd(client, user, {}, device)), REFUSED)
  })

  test('without a proof of the last five minutes, by a password alone, and by a token', async ({ client, assert }) => {
    const user = await someone('doctor')
    const browser = await sessionOf(user)
    assert.equal((await send(client, `${ADD}/options`, {}, browser)).status(), 200, 'control')
    moveClock(5.1 * MINUTE)
    assert.deepEqual(told(await send(client, `${ADD}/options`, {}, browser)), [403, 'step_up_required'])
    const made = await someChallenge('passkey_registration', user)
    const credential = new PasskeyDevice(user).create(made)
    const body = { challenge_id: made.id, credential, name: 'Clé' }
    assert.deepEqual(told(await send(client, ADD, body, browser)), [403, 'step_up_required'])
    moveClock(0)
    await somePasskey(user)
    const pending = await sessionOf(user, { withFactor: false })
    assert.equal((await send(client, `${ADD}/options`, {}, pending)).status(), 403)
    assert.equal((await send(client, ADD, body, pending)).status(), 403)
    assert.equal((await send(client, ADD, body, await sessionOf(user))).status(), 201, 'control')
  })

  test('one of two for the same challenge at one moment', async ({ client, assert }) => {
    for (let round = 0; round < 5; round++) {
      const user = await someone('doctor')
      const made = await someChallenge('passkey_registration', user)
      const answers = await Promise.all(
        [0, 1].map(async () => {
          const body = { challenge_id: made.id, credential: new PasskeyDevice(user).create(made), name: 'Clé' }
          return send(client, ADD, body, await sessionOf(user))
        })
      )
      const statuses = answers.map((answer) => answer.status())
      assert.lengthOf(
        statuses.filter((status) => status === 201),
        1,
        String(statuses)
      )
      assert.lengthOf(await db.from('passkeys').where('user_id', user.id), 1)
    }
  })
})

test.group('Adding a passkey', () => {
  test('completes the enrolment of staff, who then sign in by it', async ({ client, assert }) => {
    const user = await someone('doctor')
    const enrolling = await sessionOf(user, { withFactor: false })
    const elsewhere = await sessionOf(user, { withFactor: false })
    const offer = await send(client, `${ADD}/options`, {}, enrolling)
    const { challenge_id, options } = offer.body().data
    assert.deepInclude(options, { attestation: 'none', excludeCredentials: [] })
    assert.deepInclude(options.rp, { id: 'localhost' })
    assert.deepInclude(options.authenticatorSelection, { residentKey: 'required', userVerification: 'required' })
    assert.equal(Buffer.from(options.user.id, 'base64url').toString('hex'), user.uuid.replaceAll('-', ''))

    const device = new PasskeyDevice(user)
    const body = { challenge_id, credential: device.create(options), name: '  Téléphone  ' }
    const added = await send(client, ADD, body, enrolling)
    added.assertStatus(201)
    const { passkey, session, recovery_codes, factors } = added.body().data
    assert.deepInclude(passkey, { name: 'Téléphone', last_used_at: null })
    assert.equal(session.state, 'complete')
    assert.lengthOf(recovery_codes, 10)
    assert.equal(factors.passkeys, 1)
    assert.deepEqual(told(await send(client, `${ADD}/options`, {}, enrolling)), [401, 'session_over'], 'its old value')
    assert.deepEqual(told(await send(client, `${ADD}/options`, {}, elsewhere)), [401, 'session_over'], 'another one')

    const browser = browserOf(added)
    assert.equal(browser['x-csrf-token'], session.csrf_token)
    const next = await send(client, `${ADD}/options`, {}, browser)
    next.assertStatus(200)
    assert.deepEqual(
      next.body().data.options.excludeCredentials.map(({ id }: { id: string }) => id),
      [device.id]
    )
    assert.equal((await tryToSignIn(client, device)).status(), 201)

    const [row, ...more] = await auditOf(added.requestId)
    assert.lengthOf(more, 0)
    assert.deepInclude(row, { action: 'passkeys.add', outcome: 'done', user_id: user.id })
    for (const secret of [device.id, ...recovery_codes]) assert.notInclude(JSON.stringify(row), secret)
    const mails = await db.from('mails').where({ user_id: user.id, kind: 'factors_changed' })
    assert.lengthOf(mails, 1)
  })

  test('a second one brings no new recovery codes', async ({ client, assert }) => {
    const user = await someone('doctor')
    const codes: unknown[] = []
    for (let n = 0; n < 2; n++) {
      const made = await someChallenge('passkey_registration', user)
      const body = { challenge_id: made.id, credential: new PasskeyDevice(user).create(made), name: `Clé ${n}` }
      const added = await send(client, ADD, body, await sessionOf(await user.refresh()))
      codes.push(added.body().data.recovery_codes?.length ?? null)
    }
    assert.deepEqual(codes, [10, null])
  })
})

test.group('The own passkeys', (group) => {
  group.each.teardown(() => moveClock(0))

  async function ask(client: ApiClient, method: 'get' | 'patch' | 'delete', path: string, browser: Browser, body = {}) {
    const request = client[method](path)
    if (method === 'patch') request.json(body as never)
    for (const [name, value] of Object.entries(browser)) request.header(name, value)
    return request
  }

  test('somebody else’s are neither listed, renamed nor removed', async ({ client, assert }) => {
    const [user, other] = [await someone('doctor'), await someone('doctor')]
    const { passkey } = await somePasskey(other)
    await somePasskey(user)
    await somePasskey(other)
    const browser = await sessionOf(user)
    const list = await ask(client, 'get', ADD, browser)
    assert.notInclude(list.text(), passkey.uuid)
    assert.equal((await ask(client, 'patch', `${ADD}/${passkey.uuid}`, browser, { name: 'Mienne' })).status(), 404)
    assert.equal((await ask(client, 'delete', `${ADD}/${passkey.uuid}`, browser)).status(), 404)
    assert.equal(
      (await ask(client, 'delete', `${ADD}/${passkey.uuid}`, await sessionOf(other))).status(),
      200,
      'control'
    )
  })

  test('are listed and renamed, without a key or an id of the device', async ({ client, assert }) => {
    const user = await someone('doctor')
    const { passkey } = await somePasskey(user)
    const browser = await sessionOf(user)
    const renamed = await ask(client, 'patch', `${ADD}/${passkey.uuid}`, browser, { name: 'Clé bleue' })
    assert.equal(renamed.body().data.name, 'Clé bleue')
    const { data } = (await ask(client, 'get', ADD, browser)).body()
    assert.lengthOf(data, 1)
    assert.deepEqual(Object.keys(data[0]), ['id', 'name', 'created_at', 'last_used_at'])
  })

  test('staff keep one, others need none; with it go the recovery codes and all other sessions', async ({
    client,
    assert,
  }) => {
    for (const [role, status] of [
      ['doctor', 422],
      ['patient', 200],
    ] as const) {
      const user = await someone(role)
      const [one, two] = [await somePasskey(user), await somePasskey(user)]
      const remove = async ({ passkey }: typeof one, browser: Browser) =>
        ask(client, 'delete', `${ADD}/${passkey.uuid}`, browser)
      const [browser, elsewhere] = [await sessionOf(user), await sessionOf(user)]
      const first = await remove(one, browser)
      assert.equal(first.status(), 200)
      assert.equal((await ask(client, 'get', ADD, elsewhere)).body().code, 'session_over')
      const next = browserOf(first as Answer)
      assert.equal((await tryToSignIn(client, one.device)).status(), 422)
      assert.equal((await tryToSignIn(client, two.device)).status(), 201)
      const last = await remove(two, next)
      assert.equal(last.status(), status, role)
      if (status === 422) assert.equal(last.body().code, 'last_factor')
      assert.lengthOf(await db.from('passkeys').where('user_id', user.id), status === 422 ? 1 : 0)
    }
  })

  test('one is removed only after a proof of the last five minutes', async ({ client, assert }) => {
    const user = await someone('doctor')
    const [{ passkey }] = [await somePasskey(user), await somePasskey(user)]
    const browser = await sessionOf(user)
    moveClock(5.1 * MINUTE)
    const remove = () => ask(client, 'delete', `${ADD}/${passkey.uuid}`, browser)
    assert.equal((await remove()).body().code, 'step_up_required')
    moveClock(0)
    assert.equal((await remove()).status(), 200, 'control')
  })
})

test.group('Confirming by a passkey', (group) => {
  group.each.teardown(() => moveClock(0))

  async function tryToConfirm(client: ApiClient, browser: Browser, device: PasskeyDevice, faults: Faults = {}) {
    const { challenge_id, options } = (await send(client, `${CONFIRM}-options`, {}, browser)).body().data
    const answer = { challenge_id, credential: device.get(options, faults) }
    return { answer: await send(client, CONFIRM, answer, browser), options }
  }

  test('takes no passkey but the own, no challenge but the own, and none for a sign-in', async ({ client, assert }) => {
    const [user, other] = [await someone('doctor'), await someone('doctor')]
    const [{ device }, { device: others }] = [await somePasskey(user), await somePasskey(other)]
    const browser = await sessionOf(user)
    assert.deepEqual(told((await tryToConfirm(client, browser, others)).answer), REFUSED)
    assert.deepEqual(told((await tryToConfirm(client, browser, device, { isVerified: false })).answer), REFUSED)
    for (const made of [
      await someChallenge('passkey_confirmation', other),
      await someChallenge('passkey_confirmation', null),
      await someChallenge('passkey_sign_in', null),
    ]) {
      const answer = { challenge_id: made.id, credential: device.get(made) }
      assert.deepEqual(told(await send(client, CONFIRM, answer, browser)), REFUSED)
    }
    assert.equal((await tryToConfirm(client, browser, device)).answer.status(), 200, 'control')
  })

  test('opens for five minutes what asks for a proof, under a new cookie', async ({ client, assert }) => {
    const user = await someone('doctor')
    const { device } = await somePasskey(user)
    const browser = await sessionOf(user)
    moveClock(10 * MINUTE)
    const needsProof = async (who: Browser) => told(await send(client, `${ADD}/options`, {}, who))
    assert.deepEqual(await needsProof(browser), [403, 'step_up_required'])
    const { answer, options } = await tryToConfirm(client, browser, device, { userHandle: null })
    assert.equal(answer.status(), 200)
    assert.deepEqual(options.allowCredentials, [{ id: device.id, type: 'public-key', transports: ['internal'] }])
    const confirmed = browserOf(answer)
    assert.deepEqual(await needsProof(confirmed), [200, undefined])
    assert.deepEqual(await needsProof(browser), [401, 'session_over'])
    moveClock(15.1 * MINUTE)
    assert.deepEqual(await needsProof(confirmed), [403, 'step_up_required'])
    const [row, ...more] = await auditOf(answer.requestId)
    assert.lengthOf(more, 0)
    assert.deepInclude(row, { action: 'second_factor_success', outcome: 'done', user_id: user.id })
  })

  test('is the second factor after a password', async ({ client, assert }) => {
    const user = await someone('doctor')
    const { device } = await somePasskey(user)
    const pending = await sessionOf(user, { withFactor: false })
    const { answer } = await tryToConfirm(client, pending, device)
    assert.equal(answer.body().data.state, 'complete')
    const enrolling = await sessionOf(await someone('doctor'), { withFactor: false })
    assert.deepEqual(told((await tryToConfirm(client, enrolling, device)).answer), REFUSED, 'nobody else’s')
  })
})
