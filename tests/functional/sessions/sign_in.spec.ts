import hash from '@adonisjs/core/services/hash'
import db from '@adonisjs/lucid/services/db'
import type { ApiResponse } from '@japa/api-client'
import { test } from '@japa/runner'
import { newUuid } from '#app/core/ids'
import { disableUser } from '#app/users/disable_user'
import { browserWith, callerOf, someone, tokenOf } from '#tests/acting'
import { auditOf } from '#tests/functional/core/probe'
import {
  asBrowser,
  comparedDuring,
  cookiesOf,
  PASSWORD,
  SESSION,
  signIn,
  somebody,
  standing,
  valueOf,
} from '#tests/functional/sessions/browser'

/** All that an answer tells, without what differs between any two. */
function toldBy(answer: ApiResponse) {
  const {
    'date': _,
    'x-request-id': __,
    'x-ratelimit-remaining': ____,
    ...headers
  } = answer.headers() as Record<string, string>
  const { request_id: ___, ...body } = answer.body()
  return { status: answer.status(), headers, body }
}

test.group('Signing in: refusals', () => {
  test('a wrong password, an unknown address, a closed account and one without a password are told alike', async ({
    client,
    assert,
  }) => {
    const [user, closed, without] = [await somebody('doctor'), await somebody('doctor'), await someone('doctor')]
    await disableUser(callerOf(), { user: closed.uuid })
    const wrong = await signIn(client, user.email!, { password: 'ce-n-est-pas-le-bon' })
    assert.deepEqual([wrong.status(), wrong.body().code], [401, 'wrong_credentials'])
    const others = [
      await signIn(client, `${newUuid()}@example.org`),
      await signIn(client, closed.email!),
      await signIn(client, without.email!),
    ]
    for (const other of others) assert.deepEqual(toldBy(other), toldBy(wrong))
    assert.lengthOf([wrong, ...others].flatMap(cookiesOf), 0)
    assert.equal((await signIn(client, user.email!)).status(), 201, 'control')
  })

  test('each costs one comparison, as a right one does', async ({ client, assert }) => {
    const [user, closed, without] = [await somebody('doctor'), await somebody('doctor'), await someone('doctor')]
    await disableUser(callerOf(), { user: closed.uuid })
    const tries: [string, string?][] = [
      [user.email!],
      [user.email!, 'ce-n-est-pas-le-bon'],
      [`${newUuid()}@example.org`],
      [closed.email!],
      [without.email!],
    ]
    for (const [email, password] of tries)
      assert.equal(await comparedDuring(() => signIn(client, email, { password })), 1, email)
    const malformed = () => client.post(SESSION).json({ email: 'no-address', password: PASSWORD })
    assert.equal(await comparedDuring(malformed), 0, 'control')
  })

  test('a password that is changed while the former one is being compared', async ({ client, assert }) => {
    const user = await somebody('doctor')
    const password = await hash.make('quatre-girafes-au-soleil')
    const attempt = async () => {
      const answer = await signIn(client, user.email!)
      assert.deepEqual([answer.status(), answer.body().code, answer.value], [401, 'wrong_credentials', null])
    }
    await comparedDuring(attempt, () => db.from('users').where('id', user.id).update({ password }))
    assert.equal((await signIn(client, user.email!, { password: 'quatre-girafes-au-soleil' })).status(), 201, 'control')
  })

  test('an account that is closed meanwhile', async ({ client, assert }) => {
    const user = await somebody('doctor')
    const attempt = async () => {
      const answer = await signIn(client, user.email!)
      assert.deepEqual([answer.status(), answer.body().code, answer.value], [401, 'wrong_credentials', null])
    }
    assert.equal(await standing(client, await valueOf(client, user)), '200', 'control')
    await comparedDuring(attempt, () => disableUser(callerOf(), { user: user.uuid }))
    assert.lengthOf(await db.from('sessions').where('user_id', user.id), 1, 'only the first')
  })

  test('a page of another site cannot sign a browser in', async ({ client, assert }) => {
    const user = await somebody('patient')
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'cross-site', 'origin': '' },
    ]
    for (const headers of foreign) {
      const answer = await signIn(client, user.email!, { headers })
      assert.deepEqual([answer.status(), answer.body().code], [403, 'foreign_page'], JSON.stringify(headers))
      assert.isNull(answer.value)
    }
    const own: Record<string, string>[] = [{}, { 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }]
    for (const headers of own) assert.equal((await signIn(client, user.email!, { headers })).status(), 201, 'control')
  })

  test('a session and a token at once: nobody could say who acts', async ({ client, assert }) => {
    const user = await somebody('admin')
    const [value, token] = [await valueOf(client, user), await tokenOf(user)]
    const both = { authorization: `Bearer ${token}` }
    for (const path of ['/api/v1/patients', '/api/v1/me', SESSION]) {
      const answer = await asBrowser(client, value, 'get', path, both)
      assert.deepEqual([answer.status(), answer.body().code], [400, 'two_credentials'], path)
    }
    assert.equal((await client.get('/api/v1/patients').bearerToken(token)).status(), 200, 'control')
    assert.equal(await standing(client, value), '200', 'control')
  })
})

test.group('Signing in', () => {
  test('tells who it is and what is still missing, and the browser of a session the script cannot read', async ({
    client,
    assert,
  }) => {
    for (const [role, state] of [
      ['patient', 'complete'],
      ['doctor', 'enrolment'],
    ] as const) {
      const user = await somebody(role)
      const answer = await signIn(client, user.email!)
      assert.equal(answer.status(), 201)
      assert.deepInclude(answer.body().data, { user_id: user.uuid, state })
      assert.match(answer.value!, /^[\w-]{43}$/)
      assert.notInclude(answer.text(), answer.value!)
      assert.equal(answer.body().data.csrf_token, browserWith(answer.value!)['x-csrf-token'])
    }
  })

  test('lets a person with the role of a patient alone in without a second factor', async ({ client, assert }) => {
    const value = await valueOf(client, await somebody('patient'))
    assert.equal((await asBrowser(client, value, 'get', '/api/v1/patients')).status(), 200)
    const staff = await valueOf(client, await somebody('patient', 'reception'))
    const refused = await asBrowser(client, staff, 'get', '/api/v1/patients')
    assert.deepEqual([refused.status(), refused.body().code], [403, 'enrolment_required'], 'control')
  })

  test('elsewhere leaves the first browser signed in', async ({ client, assert }) => {
    const user = await somebody('patient')
    const values = await Promise.all([valueOf(client, user), valueOf(client, user)])
    assert.notEqual(values[0], values[1])
    for (const value of values) assert.equal(await standing(client, value), '200')
  })

  test('out ends this browser’s session, clears its cookie and leaves the others', async ({ client, assert }) => {
    const user = await somebody('patient')
    const [one, other] = [await valueOf(client, user), await valueOf(client, user)]
    const answer = await asBrowser(client, one, 'delete', SESSION)
    assert.equal(answer.status(), 200)
    assert.match(cookiesOf(answer)[0]!, /^medinfo_dev=; Max-Age=0; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/i)
    assert.equal(await standing(client, one), '401 session_over')
    assert.equal(await standing(client, other), '200', 'control')
  })
})

test.group('Signing in and the audit', () => {
  test('has each event once: in, refused for a known and an unknown address, out', async ({ client, assert }) => {
    const user = await somebody('patient')
    const done = await signIn(client, user.email!)
    const refused = await signIn(client, user.email!, { password: 'ce-n-est-pas-le-bon' })
    const unknown = await signIn(client, `${newUuid()}@example.org`)
    const out = await asBrowser(client, done.value!, 'delete', SESSION)
    const rows = await Promise.all([done, refused, unknown, out].map(({ requestId }) => auditOf(requestId)))
    assert.deepEqual(
      rows.map((each) => each.map(({ action, outcome, user_id: id }) => [action, outcome, id && Number(id)])),
      [
        [['login_success', 'done', user.id]],
        [['login_failed', 'refused', null]],
        [['login_failed', 'refused', null]],
        [['logout', 'done', user.id]],
      ]
    )
    const [[{ entity_uuid: session }], [{ entity_uuid: meant }], [{ entity_uuid: nobody }]] = rows as any[][][] as any
    assert.equal(session, done.body().data.id)
    assert.equal(meant, user.uuid)
    assert.isNull(nobody)
    const kept = JSON.stringify(rows)
    for (const secret of [PASSWORD, done.value!, user.email!, 'ce-n-est-pas']) assert.notInclude(kept, secret)
  })
})
