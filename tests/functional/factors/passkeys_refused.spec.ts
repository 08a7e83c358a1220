import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { disableUser } from '#app/users/disable_user'
import { callerOf, someone } from '#tests/acting'
import { auditOf } from '#tests/functional/core/probe'
import {
  type Answer,
  FAULTS,
  MINUTE,
  REFUSED,
  send,
  SIGN_IN,
  told,
  tryToSignIn,
} from '#tests/functional/factors/by_passkey'
import { someChallenge, somePasskey } from '#tests/functional/factors/some_passkey'
import { PasskeyDevice, type Faults } from '#tests/passkey_device'

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
