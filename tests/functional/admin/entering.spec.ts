import { test } from '@japa/runner'
import AuditLog from '#app/audit/audit_log'
import User from '#app/users/user'
import env from '#start/env'
import { sessionOf, someone, tokenOf } from '#tests/acting'

const BASE = () => `http://127.0.0.1:${process.env.PORT}/admin`
const LIST = '/api/resources/users/actions/list'

/** As a browser asks, without following. */
async function asked(path: string, headers: Record<string, string> = {}, init: RequestInit = {}) {
  return fetch(BASE() + path, { redirect: 'manual', ...init, headers })
}

const because = (reason: string) => {
  const form = new FormData()
  form.append('reason', reason)
  return form
}

const closing = (uuid: string) => `/api/resources/users/records/${uuid}/disable`

test.group('Entering the back office', () => {
  test('a page without a session leads to the sign-in and back, and an answer is refused', async ({ assert }) => {
    const page = await asked('/resources/users')
    assert.equal(page.status, 302)
    assert.equal(page.headers.get('location'), '/app/sign-in?next=%2Fadmin%2Fresources%2Fusers')
    assert.equal((await asked(LIST)).status, 401)
  })

  test('nothing is there where the back office is off', async ({ assert, cleanup }) => {
    const headers = await sessionOf(await someone('admin'))
    env.set('BACK_OFFICE', 'off')
    cleanup(() => env.set('BACK_OFFICE', 'on'))
    for (const path of ['', '/resources/users', LIST, '/frontend/assets/icomoon.css'])
      assert.equal((await asked(path, headers)).status, 404, path)
  })

  test('a password alone opens nothing', async ({ assert }) => {
    const headers = await sessionOf(await someone('admin'), { withFactor: false })
    assert.equal((await asked('', headers)).status, 302)
    assert.equal((await asked(LIST, headers)).status, 401)
  })

  test('a token opens nothing', async ({ assert }) => {
    const headers = { authorization: `Bearer ${await tokenOf(await someone('admin'))}` }
    assert.equal((await asked('', headers)).status, 302)
    assert.equal((await asked(LIST, headers)).status, 401)
  })

  for (const role of ['doctor', 'nurse', 'lab', 'reception', 'patient'])
    test(`nothing opens to the role ${role}`, async ({ assert }) => {
      const headers = await sessionOf(await someone(role))
      for (const path of ['', '/resources/users', LIST]) assert.equal((await asked(path, headers)).status, 403, path)
    })

  test('an administrator gets a page whose scripts carry its nonce, with nothing of another site', async ({
    assert,
  }) => {
    const admin = await someone('admin')
    await User.query().where('id', admin.id).update({ name: '</script><script>alert(1)</script>' })
    const answer = await asked('', await sessionOf(admin))
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('cache-control'), 'no-store')
    const html = await answer.text()
    const [, nonce] = /script-src 'self' 'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy')!)!
    const scripts = html.match(/<script[^>]*>/g)!
    assert.isAbove(scripts.length, 4)
    for (const script of scripts) assert.include(script, `nonce="${nonce}"`)
    assert.notInclude(html, 'alert(1)</script>')
    assert.include(html, '\\u003c/script>\\u003cscript>alert(1)')
    assert.notMatch(html, /https?:\/\/(?!127\.0\.0\.1|meyerweb)/)
  })

  test('a write without the page’s token, or with another’s, changes nothing', async ({ assert }) => {
    const [admin, colleague] = [await someone('admin'), await someone('nurse')]
    const headers = await sessionOf(admin)
    const { 'x-csrf-token': own, ...without } = headers
    const other = (await sessionOf(await someone('admin')))['x-csrf-token']!
    for (const sent of [without, { ...without, 'x-xsrf-token': other }, { ...without, 'x-xsrf-token': '' }]) {
      const answer = await asked(closing(colleague.uuid), sent, { method: 'POST', body: new FormData() })
      assert.equal(answer.status, 403)
      assert.equal(((await answer.json()) as { code: string }).code, 'csrf_token_invalid')
    }
    assert.isNull((await User.findOrFail(colleague.id)).disabledAt)
    const sent = { ...without, 'x-xsrf-token': own! }
    const done = await asked(closing(colleague.uuid), sent, { method: 'POST', body: because('Départ du service') })
    assert.equal(done.status, 200)
    assert.isNotNull((await User.findOrFail(colleague.id)).disabledAt)
  })

  test('an action that is only opened changes nothing', async ({ assert }) => {
    const [admin, colleague] = [await someone('admin'), await someone('nurse')]
    const answer = await asked(closing(colleague.uuid), await sessionOf(admin))
    assert.equal(answer.status, 200)
    assert.isNull((await User.findOrFail(colleague.id)).disabledAt)
  })

  test('a list tells the audit who looked, through which door', async ({ assert }) => {
    const admin = await someone('admin')
    const answer = await asked(LIST, await sessionOf(admin))
    const { records, meta } = (await answer.json()) as { records: { id: string }[]; meta: { total: number } }
    assert.isAbove(meta.total, 0)
    const entry = await AuditLog.query().where({ user_id: admin.id, action: 'users.browse' }).firstOrFail()
    assert.deepInclude(JSON.parse(entry.details as string), { via: 'admin', uuids: records.map(({ id }) => id) })
  })
})
