import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { withGrants } from '#app/users/grants'
import type User from '#app/users/user'
import { beginSession } from '#app/sessions/begin_session'
import { browserWith, callerOf, sessionOf, someone, tokenOf } from '#tests/acting'
import {
  anAccount,
  anAddress,
  ask,
  backToNow,
  codeOf,
  entryOf,
  fieldsOf,
  hashesOf,
  kindsTo,
  linkTo,
  mailsTo,
  OTHER_PASSWORD,
  PASSWORD,
  rowOf,
  signsIn,
  userAt,
  withRegistration,
} from '#tests/functional/accounts/some_account'

const HOUR = 3_600_000
const invited = (email: string, ...roles: string[]) => ({ name: 'Ibrahima Fall', email, roles })

/** Somebody who manages users, and not roles. */
async function aManager(): Promise<User> {
  const user = await someone()
  const { id } = await db.from('permissions').where('name', 'users.manage').firstOrFail()
  await db.table('user_permissions').insert({ user_id: user.id, permission_id: id })
  return withGrants(user, db.connection())
}

test.group('An invitation', (group) => {
  let admin: Record<string, string>
  group.setup(async () => {
    admin = await sessionOf(await someone('admin'))
  })
  group.each.teardown(backToNow)

  test('is refused to whoever does not manage users, and with a role to whoever does not manage roles', async ({
    client,
    assert,
  }) => {
    const [doctor, manager] = [await sessionOf(await someone('doctor')), await sessionOf(await aManager())]
    const invite = async (headers: Record<string, string>, ...roles: string[]) =>
      ask(client, 'post', '/invitations', invited(anAddress(), ...roles), headers)
    assert.deepEqual(codeOf(await invite(doctor)), [403, 'forbidden'])
    assert.deepEqual(codeOf(await invite(manager, 'nurse')), [403, 'forbidden'])
    assert.equal((await invite(manager)).status(), 201)
    assert.equal((await invite(admin, 'nurse')).status(), 201)
  })

  test('asks for a proof of the last five minutes, and takes no token', async ({ client, assert }) => {
    const user = await someone('admin')
    const { value, session } = await beginSession({ user, withFactor: true }, callerOf(user), db.connection())
    const body = invited(anAddress())
    moveClock(6 * 60_000)
    assert.deepEqual(codeOf(await ask(client, 'post', '/invitations', body, browserWith(value))), [
      403,
      'step_up_required',
    ])
    assert.deepEqual(codeOf(await ask(client, 'post', `/users/${user.uuid}/invitation`, {}, browserWith(value))), [
      403,
      'step_up_required',
    ])
    moveClock(0)
    assert.exists(session)
    const bearer = { authorization: `Bearer ${await tokenOf(user)}` }
    assert.deepEqual(codeOf(await ask(client, 'post', '/invitations', body, bearer)), [403, 'session_required'])
    assert.isNull(await userAt(body.email))
    assert.equal((await ask(client, 'post', '/invitations', body, browserWith(value))).status(), 201)
  })

  test('names roles that exist and an address that is free', async ({ client, assert }) => {
    const invite = (body: object) => ask(client, 'post', '/invitations', body, admin)
    assert.deepEqual(codeOf(await invite(invited(anAddress(), 'surgeon'))), [422, 'unknown_role'])
    assert.deepEqual(fieldsOf(await invite(invited(anAddress(), 'No Role'))), ['/roles/0 regex'])
    assert.deepEqual(codeOf(await invite(invited((await someone()).email!))), [409, 'email_taken'])
    assert.deepEqual(fieldsOf(await invite({ name: 'Without address' })), ['/email required'])
    assert.deepEqual(fieldsOf(await invite({ ...invited(anAddress()), password: PASSWORD })), [
      '/password unknown_field',
    ])
  })

  test('makes somebody without a password, and mails them', async ({ client, assert }) => {
    const email = anAddress()
    const answer = await ask(client, 'post', '/invitations', { ...invited(email, 'nurse'), language: 'en' }, admin)
    const user = (await userAt(email))!
    assert.deepInclude(answer.body().data, { id: user.uuid, email, language: 'en', roles: ['nurse'] })
    assert.isNull(user.password)
    assert.isNull(user.emailVerifiedAt)
    assert.deepEqual(await mailsTo(email), [{ kind: 'invitation', user_id: user.id, language: 'en' }])
    const entry = await entryOf(answer)
    assert.deepInclude(entry, { action: 'accounts.invite', entity_uuid: user.uuid, outcome: 'done' })
    assert.notInclude(String(entry.details), '@')
    assert.deepEqual(JSON.parse(entry.details).roles, ['nurse'])
  })

  test('sets the first password, once, and proves the address', async ({ client, assert }) => {
    const user = await someone('nurse')
    const token = await linkTo('invitation', user.email!, user)
    const accept = (password: string) => ask(client, 'post', '/invitations/acceptance', { token, password })
    assert.deepEqual(fieldsOf(await accept('azerty123456')), ['/password weak_password'])
    const answer = await accept(OTHER_PASSWORD)
    assert.equal(answer.status(), 200)
    assert.deepInclude(answer.body().data, { id: user.uuid, roles: ['nurse'] })
    assert.isNotNull((await rowOf(user)).email_verified_at)
    assert.isTrue(await signsIn(client, user.email!, OTHER_PASSWORD))
    assert.deepEqual(codeOf(await accept(PASSWORD)), [422, 'link_invalid'])
    assert.isFalse(await signsIn(client, user.email!, PASSWORD))
    const entry = await entryOf(answer)
    assert.deepInclude(entry, { action: 'accounts.accept_invitation', entity_uuid: user.uuid })
  })

  test('sets no password for whoever has one already', async ({ client, assert }) => {
    const user = await anAccount('nurse')
    const token = await linkTo('invitation', user.email!, user)
    const answer = await ask(client, 'post', '/invitations/acceptance', { token, password: OTHER_PASSWORD })
    assert.deepEqual(codeOf(answer), [422, 'link_invalid'])
    assert.isTrue(await signsIn(client, user.email!, PASSWORD))
  })

  test('of ten acceptances at once, one counts; a bad link costs no hash', async ({ client, assert }) => {
    const user = await someone('nurse')
    const token = await linkTo('invitation', user.email!, user)
    const accept = (n: number) =>
      ask(client, 'post', '/invitations/acceptance', { token, password: `${OTHER_PASSWORD} ${n}` })
    const statuses = (await Promise.all(Array.from({ length: 10 }, (_, n) => accept(n)))).map((each) => each.status())
    assert.deepEqual(statuses.sort(), [200, ...Array.from({ length: 9 }, () => 422)])
    assert.equal(await hashesOf(() => accept(11)), 0)
  })

  test('is good for a week, and only the latest', async ({ client, assert }) => {
    const user = await someone('nurse')
    const accept = async (token: string) =>
      codeOf(await ask(client, 'post', '/invitations/acceptance', { token, password: OTHER_PASSWORD }))
    const former = await linkTo('invitation', user.email!, user)
    const latest = await linkTo('invitation', user.email!, user)
    assert.deepEqual(await accept(former), [422, 'link_invalid'])
    moveClock(7 * 24 * HOUR)
    assert.deepEqual(await accept(latest), [422, 'link_invalid'])
    moveClock(7 * 24 * HOUR - 60_000)
    assert.equal((await accept(latest))[0], 200)
  })

  test('is mailed again, which ends the former link at once', async ({ client, assert }) => {
    const user = await someone('nurse')
    const former = await linkTo('invitation', user.email!, user)
    const answer = await ask(client, 'post', `/users/${user.uuid}/invitation`, {}, admin)
    assert.equal(answer.status(), 201)
    assert.deepEqual(await kindsTo(user.email!), ['invitation'])
    const body = { token: former, password: OTHER_PASSWORD }
    assert.deepEqual(codeOf(await ask(client, 'post', '/invitations/acceptance', body)), [422, 'link_invalid'])
    const entry = await entryOf(answer)
    assert.deepInclude(entry, { action: 'accounts.repeat_invitation', entity_uuid: user.uuid })
  })

  test('is not mailed again to whoever has a password, no address, or a closed account', async ({ client, assert }) => {
    const again = async ({ uuid }: { uuid: string }) =>
      codeOf(await ask(client, 'post', `/users/${uuid}/invitation`, {}, admin))
    const [active, nameless, closed] = [await anAccount(), await someone(), await someone()]
    await db.from('users').where('id', nameless.id).update({ email: null })
    await db.from('users').where('id', closed.id).update({ disabled_at: '2026-01-01 00:00:00.000' })
    assert.deepEqual(await again(active), [409, 'account_active'])
    assert.deepEqual(await again(nameless), [422, 'account_without_address'])
    assert.deepEqual(await again(closed), [422, 'user_disabled'])
    assert.deepEqual(await again({ uuid: '01980a3e-5f00-7000-8000-0000000000ff' }), [404, 'not_found'])
    assert.deepEqual(await kindsTo(active.email!), [])
  })

  test('goes out where registration is by invitation or open, and not where it is closed', async ({
    client,
    assert,
  }) => {
    const user = await someone('nurse')
    const token = await linkTo('invitation', user.email!, user)
    await withRegistration('closed', async () => {
      for (const answer of [
        await ask(client, 'post', '/invitations', invited(anAddress()), admin),
        await ask(client, 'post', `/users/${user.uuid}/invitation`, {}, admin),
        await ask(client, 'post', '/invitations/acceptance', { token, password: OTHER_PASSWORD }),
      ])
        assert.deepEqual(codeOf(answer), [403, 'registration_closed'])
      assert.deepEqual(await kindsTo(user.email!), [])
    })
    for (const mode of ['invitation', 'open', undefined] as const)
      await withRegistration(mode, async () => {
        const answer = await ask(client, 'post', '/invitations', invited(anAddress()), admin)
        assert.equal(answer.status(), 201)
      })
  })
})
