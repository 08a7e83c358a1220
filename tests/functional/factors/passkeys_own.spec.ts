import db from '@adonisjs/lucid/services/db'
import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { sessionOf, someone } from '#tests/acting'
import { auditOf } from '#tests/functional/core/probe'
import {
  type Answer,
  type Browser,
  ADD,
  browserOf,
  CONFIRM,
  MINUTE,
  REFUSED,
  send,
  told,
  tryToSignIn,
} from '#tests/functional/factors/by_passkey'
import { someChallenge, somePasskey } from '#tests/functional/factors/some_passkey'
import { type PasskeyDevice, type Faults } from '#tests/passkey_device'

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
