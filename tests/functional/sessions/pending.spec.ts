import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { newUuid } from '#app/core/ids'
import { beginSession } from '#app/sessions/begin_session'
import type User from '#app/users/user'
import { callerOf, someone } from '#tests/acting'
import { INSTANT } from '#tests/functional/core/probe'
import { asBrowser, SESSION, standing } from '#tests/functional/sessions/browser'
import { routesFor } from '#tests/functional/sessions/walk'

async function begun(user: User, withFactor: boolean): Promise<string> {
  const { value } = await beginSession({ user, withFactor }, callerOf(user), db.connection())
  return value
}

/** A second factor as far as sessions know one: that it exists. */
async function giveFactor(user: User) {
  await db.table('passkeys').insert({
    ...{ uuid: newUuid(), user_id: user.id, credential_hash: newUuid(), credential_id: 'x', name: 'x' },
    ...{ public_key: Buffer.from('x'), counter: 0, created_at: INSTANT, updated_at: INSTANT },
  })
}

const CLOSED = routesFor('caller', 'session')

test.group('A session whose second factor is missing', () => {
  for (const [role, state, prepare] of [
    ['admin', 'enrolment', async () => {}],
    ['admin', 'second_factor', giveFactor],
    ['patient', 'second_factor', giveFactor],
  ] as const)
    test(`reaches nothing but the own account's entrance: ${role}, ${state}`, async ({ client, assert }) => {
      assert.isAbove(CLOSED.length, 50)
      const user = await someone(role)
      await prepare(user)
      const value = await begun(user, false)
      for (const { title, method, path } of CLOSED) {
        const answer = await asBrowser(client, value, method, path)
        assert.deepEqual([answer.status(), answer.body().code], [403, `${state}_required`], title)
      }
      const seen = await asBrowser(client, value, 'get', SESSION)
      assert.equal(seen.body().data.state, state)
      assert.isNull(state === 'enrolment' ? null : seen.body().data.confirmed_at)
      assert.equal(await standing(client, value), '200', 'and it still stands')
    })

  test('control: once it is proven, the same routes go on to the next question', async ({ client, assert }) => {
    for (const { title, method, path } of CLOSED) {
      const user = await someone('admin')
      await giveFactor(user)
      const answer = await asBrowser(client, await begun(user, true), method, path)
      const told = ['second_factor_required', 'enrolment_required', 'session_over', 'session_required']
      assert.notInclude(told, answer.body()?.code, title)
    }
  })
})
