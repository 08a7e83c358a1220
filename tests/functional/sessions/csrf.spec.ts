import { test } from '@japa/runner'
import { csrfTokenOf } from '#app/sessions/session_value'
import { beginSession } from '#app/sessions/begin_session'
import db from '@adonisjs/lucid/services/db'
import type User from '#app/users/user'
import { callerOf, someone, tokenOf } from '#tests/acting'
import { PATIENTS } from '#tests/functional/api_caller'
import { asBrowser, cookiesOf, SESSION, standing, valueOf, somebody } from '#tests/functional/sessions/browser'
import { routesFor } from '#tests/functional/sessions/walk'
import { aPatient } from '#tests/functional/patients/some_patient'

const WRITES = routesFor('caller', 'session', 'pending').filter(({ method }) => method !== 'get')

async function complete(user: User): Promise<string> {
  const { value } = await beginSession({ user, withFactor: true }, callerOf(user), db.connection())
  return value
}

test.group('A write by cookie from a page that does not know the session', () => {
  test('is refused on every route that takes a session', async ({ client, assert }) => {
    assert.isAbove(WRITES.length, 20)
    const user = await someone('patient')
    const [value, other] = [await complete(user), await complete(user)]
    const wrong = { 'none': '', 'another session’s': csrfTokenOf(other), 'invented': csrfTokenOf('x'), 'short': 'x' }
    for (const { title, method, path } of WRITES)
      for (const [which, token] of Object.entries(wrong)) {
        const answer = await asBrowser(client, value, method, path, { 'x-csrf-token': token })
        assert.deepEqual([answer.status(), answer.body().code], [403, 'csrf_token_invalid'], `${title}, ${which}`)
      }
    assert.equal(await standing(client, value), '200', 'nothing was done')
  })

  test('is refused on every one from another site, even with the token', async ({ client, assert }) => {
    const value = await complete(await someone('patient'))
    for (const { title, method, path } of WRITES)
      for (const headers of [
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': '', 'origin': 'https://evil.example' },
      ] as Record<string, string>[]) {
        const answer = await asBrowser(client, value, method, path, headers)
        assert.deepEqual([answer.status(), answer.body().code], [403, 'foreign_page'], title)
      }
    assert.equal(await standing(client, value), '200', 'nothing was done')
  })

  test('signs nobody in and asks for no mail either', async ({ client, assert }) => {
    const open = routesFor('anybody').filter(({ method }) => method !== 'get')
    assert.isNotEmpty(open)
    for (const { title, method, path } of open) {
      const answer = await client[method](path).header('origin', 'https://evil.example')
      assert.deepEqual([answer.status(), answer.body().code], [403, 'foreign_page'], title)
      assert.notEqual((await client[method](path)).body().code, 'foreign_page', `${title}, control`)
    }
  })

  test('control: with the session’s own token each goes on to the next question', async ({ client, assert }) => {
    for (const { title, method, path } of WRITES) {
      const value = await complete(await someone('patient'))
      const answer = await asBrowser(client, value, method, path)
      assert.notInclude(['csrf_token_invalid', 'foreign_page', 'session_over'], answer.body().code, title)
    }
  })
})

test.group('The CSRF token', () => {
  test('is asked of no token’s request', async ({ client, assert }) => {
    const token = await tokenOf(await someone('reception'))
    const answer = await client.post(PATIENTS).bearerToken(token).json(aPatient())
    assert.equal(answer.status(), 201)
    assert.lengthOf(cookiesOf(answer), 0)
  })

  test('is asked of no read', async ({ client, assert }) => {
    const value = await complete(await someone('reception'))
    const answer = await asBrowser(client, value, 'get', PATIENTS, { 'x-csrf-token': '' })
    assert.equal(answer.status(), 200)
  })

  test('is that of the session, again and again, and another one’s elsewhere', async ({ client, assert }) => {
    const user = await somebody('patient')
    const [one, other] = [await valueOf(client, user), await valueOf(client, user)]
    const told = async (value: string) => (await asBrowser(client, value, 'get', SESSION)).body().data.csrf_token
    assert.equal(await told(one), csrfTokenOf(one))
    assert.equal(await told(one), await told(one))
    assert.notEqual(await told(one), await told(other))
  })
})
