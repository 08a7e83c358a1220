import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { beginSession } from '#app/sessions/begin_session'
import type User from '#app/users/user'
import { callerOf, someone } from '#tests/acting'
import { exitOf, jsonOf, medinfo, medinfoJson } from '#tests/functional/cli/medinfo'

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0'

async function signedIn(user: User) {
  const caller = { ...callerOf(user), ip: '192.0.2.7', userAgent: FIREFOX }
  return beginSession({ user, withFactor: true }, caller, db.connection())
}

const listed = async ({ email }: User) => (await jsonOf('user', 'sessions', '--user', email!)).data

test.group('Signed-in browsers on the command line', (group) => {
  group.setup(async () => {
    await someone('admin')
  })

  test('refuses to list or end those of nobody', async ({ assert }) => {
    for (const verb of ['sessions', 'end-sessions']) {
      const { code, json } = await medinfoJson('user', verb, '--user', 'nobody@example.org')
      assert.deepEqual([code, json.error.code], [1, 'unknown_user'])
    }
    assert.equal(await exitOf('user', 'sessions'), 2)
  })

  test('lists where a person is signed in, and not what opens it', async ({ assert }) => {
    const user = await someone('nurse')
    const { session, value } = await signedIn(user)
    await signedIn(await someone('nurse'))
    const { out } = await medinfo('user', 'sessions', '--user', user.email!, '--json')
    const [one, ...more] = JSON.parse(out).data
    assert.lengthOf(more, 0)
    assert.deepInclude(one, {
      ...{ id: session.uuid, browser: 'Firefox 128', system: 'Windows', ip_address: '192.0.2.7' },
      created_at: session.createdAt.toISOString(),
    })
    for (const secret of [value, session.hash]) assert.notInclude(out, secret)
    const table = await medinfo('user', 'sessions', '--user', user.uuid)
    assert.match(table.out, new RegExp(`^${session.uuid} +Firefox 128 +Windows +192\\.0\\.2\\.7 `, 'm'))
  })

  test('signs a person out everywhere, and not in a rehearsal', async ({ assert }) => {
    const [user, other] = [await someone('nurse'), await someone('nurse')]
    for (const one of [user, user, other]) await signedIn(one)
    const rehearsed = await jsonOf('user', 'end-sessions', '--user', user.email!, '--dry-run')
    assert.deepEqual(rehearsed, { id: user.uuid, ended: 2, dry_run: true })
    assert.lengthOf(await listed(user), 2)
    const done = await jsonOf('user', 'end-sessions', '--user', user.email!)
    assert.deepEqual(done, { id: user.uuid, ended: 2, dry_run: false })
    assert.lengthOf(await listed(user), 0)
    assert.lengthOf(await listed(other), 1)
    const entries = await db.from('audit_logs').where({ entity_uuid: user.uuid, action: 'sessions.end_all' })
    assert.deepEqual(
      entries.map(({ role }) => role),
      ['operator']
    )
  })
})
