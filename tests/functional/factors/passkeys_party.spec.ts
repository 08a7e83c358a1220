import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { moveClock, now } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { sweepChallenges } from '#app/passkeys/challenge'
import { relyingParty, userHandleOf, uuidOfHandle } from '#app/passkeys/passkey_party'
import env from '#start/env'
import { someone } from '#tests/acting'
import { someChallenge, somePasskey } from '#tests/functional/factors/some_passkey'

test.group('Under which name passkeys are kept', (group) => {
  group.each.teardown(() => {
    env.set('APP_URL', undefined)
    // The reader has written the word 'undefined' there.
    delete process.env.APP_URL
  })

  test('is the host of APP_URL, without its port and path; on this machine it is localhost', ({ assert }) => {
    const { id, origin } = relyingParty()
    assert.deepEqual([id, origin], ['localhost', `http://localhost:${process.env.PORT}`])
    for (const [address, host, from] of [
      ['https://medinfo.example.org', 'medinfo.example.org', 'https://medinfo.example.org'],
      ['https://clinic.example.org:8443/medinfo/', 'clinic.example.org', 'https://clinic.example.org:8443'],
    ] as const) {
      env.set('APP_URL', address)
      assert.deepInclude(relyingParty(), { id: host, origin: from })
    }
  })

  test('changes what an answer has to say: one for the former name is refused', async ({ client, assert }) => {
    const { device } = await somePasskey(await someone('doctor'))
    const signIn = async (origin: string, rpId: string) => {
      const { id, challenge } = await someChallenge('passkey_sign_in', null)
      const credential = device.get({ challenge }, { origin, rpId })
      return client.post('/api/v1/session/passkey').json({ challenge_id: id, credential })
    }
    const former = `http://localhost:${process.env.PORT}`
    assert.equal((await signIn(former, 'localhost')).status(), 201)
    // Over http, so that the cookie needs no TLS here.
    env.set('APP_URL', 'http://medinfo.example.org')
    assert.equal((await signIn(former, 'localhost')).status(), 422)
    assert.equal((await signIn('http://medinfo.example.org', 'localhost')).status(), 422)
    assert.equal((await signIn('http://medinfo.example.org', 'medinfo.example.org')).status(), 201, 'control')
  })

  test('beside a passkey the device keeps the user’s uuid, and nothing that is none is taken for one', ({ assert }) => {
    const uuid = newUuid()
    const handle = Buffer.from(userHandleOf({ uuid })).toString('base64url')
    assert.equal(uuidOfHandle(handle), uuid)
    for (const other of ['', 'AAAA', `${handle}AA`]) assert.isNull(uuidOfHandle(other), other)
  })
})

test.group('Challenges that nobody answered', (group) => {
  group.each.teardown(() => moveClock(0))

  test('are forgotten once they are too old', async ({ assert }) => {
    const old = await someChallenge('passkey_sign_in', null)
    moveClock(4 * 60_000)
    const young = await someChallenge('passkey_sign_in', null)
    moveClock(6 * 60_000)
    assert.isAtLeast(await sweepChallenges(now(), db.connection()), 1)
    const left = await db.from('challenges').whereIn('uuid', [old.id, young.id])
    assert.deepEqual(
      left.map(({ uuid }) => uuid),
      [young.id]
    )
  })
})
