import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import type User from '#app/users/user'
import { sessionOf, someone } from '#tests/acting'
import { auditOf, INSTANT } from '#tests/functional/core/probe'
import { medinfo, medinfoJson } from '#tests/functional/cli/medinfo'
import { API, browserHolding, browserOf, enrol, SECOND_FACTOR, toldBy } from '#tests/functional/factors/browser_of'
import { alignClock, clockAt, codeOf, giveGenerator } from '#tests/functional/factors/some_factor'
import { somebody, standing } from '#tests/functional/sessions/browser'
import type { ApiClient } from '@japa/api-client'

const FACTORS = ['totp_secrets', 'recovery_codes', 'passkeys', 'challenges']
const of = (user: User) => `${API}/users/${user.uuid}/factors`

/** Somebody who has signed in and has one of each. */
async function enrolled(client: ApiClient, ...roles: string[]) {
  const user = await somebody(...roles)
  const browser = await browserOf(client, user)
  const { secret } = await enrol(browser, (each) => codeOf(each))
  const at = { created_at: INSTANT, updated_at: INSTANT }
  await db.table('passkeys').insert({
    ...{ uuid: newUuid(), user_id: user.id, credential_hash: newUuid(), credential_id: 'x', name: 'x', ...at },
    ...{ public_key: Buffer.from('x'), counter: 0 },
  })
  const challenge = {
    uuid: newUuid(),
    user_id: user.id,
    purpose: 'tests',
    value: newUuid(),
    expires_at: INSTANT,
    ...at,
  }
  await db.table('challenges').insert(challenge)
  return { user, browser, secret }
}

async function countsOf(user: User): Promise<number[]> {
  const counts: number[] = []
  for (const table of FACTORS) counts.push((await db.from(table).where('user_id', user.id)).length)
  return counts
}

/** An administrator who has proven a factor just now. */
async function adminAt(client: ApiClient) {
  const admin = await someone('admin')
  await giveGenerator(admin)
  const { cookie } = await sessionOf(admin)
  return { admin, browser: browserHolding(client, cookie!.slice(cookie!.indexOf('=') + 1)) }
}

test.group('Resetting somebody’s factors: refusals', (group) => {
  group.each.setup(alignClock)
  group.each.teardown(() => moveClock(0))

  test('whoever does not manage users may not, not even their own', async ({ client, assert }) => {
    const { user, browser } = await enrolled(client, 'doctor')
    const other = await enrolled(client, 'nurse')
    for (const target of [user, other.user]) assert.equal(await browser.told('delete', of(target)), '403 forbidden')
    assert.deepEqual(await countsOf(other.user), [1, 10, 1, 1])
    assert.equal(await standing(client, other.browser.value), '200')
  })

  test('an administrator proves first that it is them', async ({ client, assert }) => {
    const { user } = await enrolled(client, 'nurse')
    const { browser } = await adminAt(client)
    clockAt(5 * 60_000 + 1)
    assert.equal(await browser.told('delete', of(user)), '403 step_up_required')
    assert.deepEqual(await countsOf(user), [1, 10, 1, 1])
    clockAt(4 * 60_000)
    assert.equal(await browser.told('delete', of(user)), '200', 'control')
  })

  test('nobody has this id', async ({ client, assert }) => {
    const { browser } = await adminAt(client)
    assert.equal(await browser.told('delete', `${API}/users/${newUuid()}/factors`), '404 not_found')
    assert.equal(await browser.told('delete', `${API}/users/awa@example.org/factors`), '404 route_not_found')
  })
})

test.group('Resetting somebody’s factors', (group) => {
  group.each.setup(alignClock)
  group.each.teardown(() => moveClock(0))

  test('takes them all, ends the sessions at once and says so by mail', async ({ client, assert }) => {
    const { user, browser } = await enrolled(client, 'doctor')
    const bystander = await enrolled(client, 'doctor')
    assert.equal(await browser.told('get', `${API}/patients`), '200')
    const { browser: administrator } = await adminAt(client)
    const answer = await administrator.send('delete', of(user))
    assert.deepEqual(answer.body(), { data: { user_id: user.uuid } })
    assert.deepEqual(await countsOf(user), [0, 0, 0, 0])
    assert.equal(await browser.told('get', `${API}/patients`), '401 session_over')
    const mails = await db.from('mails').where('user_id', user.id).orderBy('id')
    assert.deepEqual(
      mails.map(({ kind }) => kind),
      ['factors_changed', 'factors_changed']
    )
    assert.deepEqual(await countsOf(bystander.user), [1, 10, 1, 1], 'control: nobody else’s')
    assert.equal(await bystander.browser.told('get', `${API}/patients`), '200')
  })

  test('of whoever has none ends the sessions all the same, and mails nothing', async ({ client, assert }) => {
    const user = await somebody('patient')
    const browser = await browserOf(client, user)
    const { browser: administrator } = await adminAt(client)
    assert.equal((await administrator.send('delete', of(user))).status(), 200)
    assert.equal(await browser.told('get', `${API}/me`), '401 session_over')
    assert.lengthOf(await db.from('mails').where('user_id', user.id), 0)
  })

  test('is one entry of the audit, about whom it was done to', async ({ client, assert }) => {
    const { user } = await enrolled(client, 'doctor')
    const { admin, browser } = await adminAt(client)
    const { requestId } = await browser.send('delete', of(user))
    const entries = await auditOf(requestId)
    assert.lengthOf(entries, 1)
    const { action, outcome, user_id: who, entity, entity_uuid: whose } = entries[0]!
    assert.deepEqual([action, outcome, who], ['factors.reset', 'done', admin.id])
    assert.deepEqual([entity, whose], ['user', user.uuid])
    assert.deepEqual(JSON.parse(entries[0]!.details).taken, {
      ...{ totp_secrets: 1, recovery_codes: 10, passkeys: 1, challenges: 1 },
    })
    assert.notInclude(JSON.stringify(entries), user.email!)
  })

  test('leads the person from the password to a new factor', async ({ client, assert }) => {
    const { user, secret } = await enrolled(client, 'doctor')
    const { code, json } = await medinfoJson('user', 'reset-mfa', '--user', user.email!)
    assert.equal(code, 0)
    assert.deepEqual(json, { id: user.uuid, dry_run: false })
    const browser = await browserOf(client, user)
    assert.equal((await browser.send('get', `${API}/session`)).body().data.state, 'enrolment')
    assert.equal(await browser.told('post', SECOND_FACTOR, { code: codeOf(secret, 1) }), '422 code_invalid')
    assert.equal(await browser.told('get', `${API}/patients`), '403 enrolment_required')
    const { confirmed } = await enrol(browser, (each) => codeOf(each))
    assert.equal(toldBy(confirmed), '200')
    assert.equal(await browser.told('get', `${API}/patients`), '200')
  })
})

test.group('Resetting on the command line', (group) => {
  group.each.setup(alignClock)
  group.each.teardown(() => moveClock(0))

  test('refuses whom it does not know, with exit code 1', async ({ assert }) => {
    const { code, json } = await medinfoJson('user', 'reset-mfa', '--user', 'nobody@example.org')
    assert.deepEqual([code, json.error.code], [1, 'unknown_user'])
  })

  test('a rehearsal takes nothing and ends nothing', async ({ client, assert }) => {
    const { user, browser } = await enrolled(client, 'doctor')
    const { json } = await medinfoJson('user', 'reset-mfa', '--user', user.email!, '--dry-run')
    assert.deepEqual(json, { id: user.uuid, dry_run: true })
    assert.deepEqual(await countsOf(user), [1, 10, 1, 1])
    assert.equal(await standing(client, browser.value), '200')
  })

  test('ends the sessions at once, names the person and is the operator’s', async ({ client, assert }) => {
    const { user, browser } = await enrolled(client, 'doctor')
    const { code, out } = await medinfo('user', 'reset-mfa', '--user', user.uuid)
    assert.equal(code, 0)
    assert.include(out, user.name)
    assert.deepEqual(await countsOf(user), [0, 0, 0, 0])
    assert.equal(await standing(client, browser.value), '401 session_over')
    const entry = await db.from('audit_logs').where({ entity_uuid: user.uuid, action: 'factors.reset' }).first()
    assert.equal(entry.role, 'operator')
  })
})
