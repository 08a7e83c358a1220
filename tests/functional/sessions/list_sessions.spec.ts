import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { beginSession } from '#app/sessions/begin_session'
import type User from '#app/users/user'
import { callerOf, someone } from '#tests/acting'
import { auditOf } from '#tests/functional/core/probe'
import { asBrowser, cookiesOf, standing } from '#tests/functional/sessions/browser'

const MINE = '/api/v1/me/sessions'
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0'
const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1'

async function begun(user: User, userAgent: string | null = null, ip: string | null = null) {
  return beginSession({ user, withFactor: true }, { ...callerOf(user), userAgent, ip }, db.connection())
}

const idsOf = (answer: { body(): any }): string[] => answer.body().data.map(({ id }: { id: string }) => id)

test.group('The browsers in which somebody is signed in: refusals', (group) => {
  group.each.teardown(() => moveClock(0))

  test('somebody else’s session does not exist', async ({ client, assert }) => {
    const [user, other] = [await someone('nurse'), await someone('nurse')]
    const [own, strange] = [await begun(user), await begun(other)]
    for (const id of [strange.session.uuid, newUuid()]) {
      const answer = await asBrowser(client, own.value, 'delete', `${MINE}/${id}`)
      assert.deepEqual([answer.status(), answer.body().code], [404, 'not_found'])
    }
    assert.equal(await standing(client, strange.value), '200')
    const control = await asBrowser(client, strange.value, 'delete', `${MINE}/${strange.session.uuid}`)
    assert.equal(control.status(), 200)
  })

  test('others’ are for whoever manages users, and to end them they prove anew who they are', async ({
    client,
    assert,
  }) => {
    const [admin, nurse, user] = [await someone('admin'), await someone('nurse'), await someone('doctor')]
    const [byAdmin, byNurse, own] = [await begun(admin), await begun(nurse), await begun(user)]
    const path = `/api/v1/users/${user.uuid}/sessions`
    for (const method of ['get', 'delete'] as const) {
      const answer = await asBrowser(client, byNurse.value, method, path)
      assert.deepEqual([answer.status(), answer.body().code], [403, 'forbidden'], method)
    }
    moveClock(5 * 60_000 + 1000)
    const late = await asBrowser(client, byAdmin.value, 'delete', path)
    assert.deepEqual([late.status(), late.body().code], [403, 'step_up_required'])
    assert.equal((await asBrowser(client, byAdmin.value, 'get', path)).status(), 200)
    assert.equal(await standing(client, own.value), '200')
    moveClock(4 * 60_000)
    assert.equal((await asBrowser(client, byAdmin.value, 'delete', path)).status(), 200, 'control')
  })

  test('an address instead of an id is not an address of the API', async ({ client, assert }) => {
    const { value } = await begun(await someone('admin'))
    const answer = await asBrowser(client, value, 'get', '/api/v1/users/awa@example.org/sessions')
    assert.equal(answer.status(), 404)
  })
})

test.group('The browsers in which somebody is signed in', (group) => {
  group.each.teardown(() => moveClock(0))

  test('are listed with device, address and times, the newest first, and nothing that opens one', async ({
    client,
    assert,
  }) => {
    const user = await someone('nurse')
    const first = await begun(user, FIREFOX, '192.0.2.7')
    moveClock(1000)
    const second = await begun(user, SAFARI, '2001:db8::7')
    moveClock(2000)
    const third = await begun(user, 'curl/8.5')
    await begun(await someone('nurse'))
    const answer = await asBrowser(client, second.value, 'get', MINE)
    const told = answer.body().data.map((each: any) => [each.id, each.is_current, each.browser, each.system])
    assert.deepEqual(told, [
      [third.session.uuid, false, null, null],
      [second.session.uuid, true, 'Safari 17', 'iOS'],
      [first.session.uuid, false, 'Firefox 128', 'Windows'],
    ])
    assert.deepEqual(answer.body().data[2], {
      ...{ id: first.session.uuid, is_current: false, browser: 'Firefox 128', system: 'Windows' },
      ip_address: '192.0.2.7',
      created_at: first.session.createdAt.toISOString(),
      last_seen_at: first.session.lastSeenAt.toISOString(),
      expires_at: first.session.expiresAt.toISOString(),
    })
    for (const { value, session } of [first, second, third])
      for (const secret of [value, session.hash]) assert.notInclude(answer.text(), secret)
  })

  test('leave the list when they are over', async ({ client, assert }) => {
    const user = await someone('nurse')
    const old = await begun(user)
    moveClock(20 * 60_000)
    const own = await begun(user)
    assert.sameMembers(idsOf(await asBrowser(client, own.value, 'get', MINE)), [old.session.uuid, own.session.uuid])
    moveClock(31 * 60_000)
    assert.deepEqual(idsOf(await asBrowser(client, own.value, 'get', MINE)), [own.session.uuid])
    const gone = await asBrowser(client, own.value, 'delete', `${MINE}/${old.session.uuid}`)
    assert.equal(gone.status(), 404)
  })

  test('one is signed out at once, and the others go on', async ({ client, assert }) => {
    const user = await someone('nurse')
    const [own, lost, third] = [await begun(user), await begun(user), await begun(user)]
    const answer = await asBrowser(client, own.value, 'delete', `${MINE}/${lost.session.uuid}`)
    assert.deepEqual([answer.status(), answer.body().data.id], [200, lost.session.uuid])
    assert.lengthOf(cookiesOf(answer), 0)
    assert.deepEqual(await Promise.all([own, lost, third].map(({ value }) => standing(client, value))), [
      '200',
      '401 session_over',
      '200',
    ])
    const [entry, ...more] = await auditOf(answer.requestId)
    assert.deepInclude(entry, { action: 'sessions.end_own', outcome: 'done', entity_uuid: lost.session.uuid })
    assert.lengthOf(more, 0)
  })

  test('the own one is one of them: that is signing out', async ({ client, assert }) => {
    const own = await begun(await someone('nurse'))
    const answer = await asBrowser(client, own.value, 'delete', `${MINE}/${own.session.uuid}`)
    assert.match(cookiesOf(answer)[0]!, /^medinfo_dev=; Max-Age=0/)
    assert.equal(await standing(client, own.value), '401 session_over')
  })

  test('all others are signed out together', async ({ client, assert }) => {
    const user = await someone('nurse')
    const [own, ...others] = [await begun(user), await begun(user), await begun(user)]
    const stranger = await begun(await someone('nurse'))
    const answer = await asBrowser(client, own.value, 'delete', MINE)
    assert.deepEqual(answer.body().data, { ended: 2 })
    for (const { value } of others) assert.equal(await standing(client, value), '401 session_over')
    for (const { value } of [own, stranger]) assert.equal(await standing(client, value), '200')
    assert.deepEqual((await asBrowser(client, own.value, 'delete', MINE)).body().data, { ended: 0 })
  })

  test('an administrator sees somebody’s and signs them out everywhere', async ({ client, assert }) => {
    const [admin, user] = [await someone('admin'), await someone('nurse')]
    const [own, ...of] = [await begun(admin), await begun(user), await begun(user)]
    const path = `/api/v1/users/${user.uuid}/sessions`
    const listed = await asBrowser(client, own.value, 'get', path)
    assert.sameMembers(
      idsOf(listed),
      of.map(({ session }) => session.uuid)
    )
    assert.isFalse(listed.body().data.some((each: { is_current: boolean }) => each.is_current))
    const ended = await asBrowser(client, own.value, 'delete', path)
    assert.deepEqual(ended.body().data, { ended: 2 })
    for (const { value } of of) assert.equal(await standing(client, value), '401 session_over')
    assert.equal(await standing(client, own.value), '200', 'control')
    assert.deepEqual(idsOf(await asBrowser(client, own.value, 'get', path)), [])
    const [entry, ...more] = await auditOf(ended.requestId)
    assert.deepInclude(entry, { action: 'sessions.end_all', outcome: 'done', entity_uuid: user.uuid })
    assert.lengthOf(more, 0)
  })

  test('that two administrators end at once end once more each: no epoch is lost', async ({ client, assert }) => {
    const user = await someone('nurse')
    const admins = await Promise.all([1, 2, 3].map(async () => begun(await someone('admin'))))
    const path = `/api/v1/users/${user.uuid}/sessions`
    const epoch = async () => Number((await db.from('users').where('id', user.id).firstOrFail()).sign_in_epoch)
    const before = await epoch()
    const answers = await Promise.all(admins.map(({ value }) => asBrowser(client, value, 'delete', path)))
    assert.deepEqual(
      answers.map((answer) => answer.status()),
      [200, 200, 200]
    )
    assert.equal(await epoch(), before + 3)
  })
})
