import db from '@adonisjs/lucid/services/db'
import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import type User from '#app/users/user'
import { sessionOf, someone } from '#tests/acting'
import { auditOf } from '#tests/functional/core/probe'
import {
  type Browser,
  ADD,
  browserOf,
  FAULTS,
  MINUTE,
  REFUSED,
  send,
  told,
  tryToSignIn,
} from '#tests/functional/factors/by_passkey'
import { someChallenge, somePasskey } from '#tests/functional/factors/some_passkey'
import { PasskeyDevice, type Faults } from '#tests/passkey_device'

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
