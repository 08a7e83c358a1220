import db from '@adonisjs/lucid/services/db'
import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { registerPatient } from '#app/patients/register_patient'
import { beginSession } from '#app/sessions/begin_session'
import type User from '#app/users/user'
import { browserWith, callerOf, sessionOf, tokenOf } from '#tests/acting'
import {
  anAccount,
  ask,
  backToNow,
  codeOf,
  entryOf,
  kindsTo,
  linkTo,
  OTHER_PASSWORD,
  PASSWORD,
  rowOf,
  signsIn,
} from '#tests/functional/accounts/some_account'

const AT = '2026-01-01 00:00:00.000'
const STAMPS = { created_at: AT, updated_at: AT }

async function withFactors({ id: user_id, uuid }: User) {
  await db.table('totp_secrets').insert({ uuid: newUuid(), user_id, secret: Buffer.from('x'), ...STAMPS })
  await db.table('recovery_codes').insert({ user_id, hash: uuid, ...STAMPS })
  await db.table('passkeys').insert({
    ...{ uuid: newUuid(), user_id, credential_hash: uuid, credential_id: 'x', public_key: Buffer.from('x') },
    ...{ counter: 0, name: 'x', ...STAMPS },
  })
  await db.table('challenges').insert({
    ...{ uuid: newUuid(), user_id, purpose: 'tests', value: uuid, expires_at: AT, ...STAMPS },
  })
}

const KEYS = ['totp_secrets', 'recovery_codes', 'passkeys', 'challenges', 'account_links', 'sessions']
const keysOf = async ({ id }: User) =>
  Object.fromEntries(
    await Promise.all(KEYS.map(async (table) => [table, (await db.from(table).where('user_id', id)).length]))
  )

/** A patient's row that belongs to this user; written past the use-cases, which another domain has. */
async function chartOf(user: User): Promise<string> {
  const patient = { family_name: 'Sarr', given_name: 'Fatou', sex: 'female', dob: '1990-05-06' }
  const { uuid } = await registerPatient(callerOf(), patient)
  await db.from('patients').where('uuid', uuid).update({ user_id: user.id })
  return uuid
}

const close = async (client: ApiClient, user: User) => ask(client, 'post', '/me/closure', {}, await sessionOf(user))

/** While `work` runs, these are the only administrators. */
async function withOnlyAdministrator({ id }: User, work: () => Promise<void>) {
  const rows = await db.from('users').whereNull('disabled_at').whereNot('id', id).select('id')
  const others = rows.map((row) => Number(row.id))
  await db.from('users').whereIn('id', others).update({ disabled_at: AT })
  try {
    await work()
  } finally {
    await db.from('users').whereIn('id', others).update({ disabled_at: null })
  }
}

test.group('Closing the own account', (group) => {
  group.each.teardown(backToNow)

  test('asks for a proof of the last five minutes, and takes no token', async ({ client, assert }) => {
    const user = await anAccount('doctor')
    const { value } = await beginSession({ user, withFactor: true }, callerOf(user), db.connection())
    const bearer = { authorization: `Bearer ${await tokenOf(user)}` }
    assert.deepEqual(codeOf(await ask(client, 'post', '/me/closure', {}, bearer)), [403, 'session_required'])
    moveClock(6 * 60_000)
    assert.deepEqual(codeOf(await ask(client, 'post', '/me/closure', {}, browserWith(value))), [
      403,
      'step_up_required',
    ])
    moveClock(4 * 60_000)
    assert.isNull((await rowOf(user)).disabled_at)
    assert.equal((await ask(client, 'post', '/me/closure', {}, browserWith(value))).status(), 200)
  })

  test('is refused to the last administrator, of whom nothing is lost', async ({ client, assert }) => {
    const [admin, other] = [await anAccount('admin'), await anAccount('admin')]
    await withFactors(admin)
    await withOnlyAdministrator(admin, async () => {
      const answer = await close(client, admin)
      assert.deepEqual(codeOf(answer), [422, 'last_administrator'])
      assert.deepInclude(await rowOf(admin), { email: admin.email, disabled_at: null, name: admin.name })
      assert.equal((await keysOf(admin)).passkeys, 1)
      assert.deepEqual(await kindsTo(admin.email!), [])
      assert.deepInclude(await entryOf(answer), { action: 'accounts.close', outcome: 'refused' })
    })
    assert.equal((await close(client, other)).status(), 200)
  })

  test('takes all that opens it, tells the address that it had, and clears the cookie', async ({ client, assert }) => {
    const user = await anAccount('patient')
    await withFactors(user)
    const token = await tokenOf(user)
    const reset = await linkTo('password_reset', user.email!, user)
    const elsewhere = await sessionOf(user)
    const answer = await close(client, user)
    assert.equal(answer.status(), 200, answer.text())
    assert.equal(answer.body().data.id, user.uuid)
    assert.match(String(answer.headers()['set-cookie']), /medinfo_dev=; Max-Age=0/)
    const row = await rowOf(user)
    assert.deepInclude(row, { email: null, password: null, email_verified_at: null, name: 'Compte fermé' })
    assert.isNotNull(row.disabled_at)
    assert.deepEqual(await keysOf(user), Object.fromEntries(KEYS.map((table) => [table, 0])))
    assert.deepEqual(await kindsTo(user.email!), ['account_closed'])
    assert.deepEqual(codeOf(await ask(client, 'get', '/me', undefined, elsewhere)), [401, 'session_over'])
    assert.lengthOf(await db.from('access_tokens').where('tokenable_id', user.id).whereNull('revoked_at'), 0)
    const bearer = { authorization: `Bearer ${token}` }
    assert.deepEqual(codeOf(await ask(client, 'get', '/me', undefined, bearer)), [401, 'token_invalid'])
    const late = await ask(client, 'post', '/password-resets/completion', { token: reset, password: OTHER_PASSWORD })
    assert.deepEqual(codeOf(late), [422, 'link_invalid'])
    const entry = await entryOf(answer)
    assert.deepInclude(entry, { action: 'accounts.close', entity_uuid: user.uuid, user_id: user.id })
    assert.notInclude(JSON.stringify(entry), '@')
  })

  test('leaves a closed account indistinguishable from none to whoever signs in or forgot the password', async ({
    client,
    assert,
  }) => {
    const user = await anAccount('patient')
    assert.isTrue(await signsIn(client, user.email!, PASSWORD))
    await close(client, user)
    const answer = await ask(client, 'post', '/session', { email: user.email, password: PASSWORD })
    assert.deepEqual(codeOf(answer), [401, 'wrong_credentials'])
    await ask(client, 'post', '/password-resets', { email: user.email })
    assert.deepEqual(await kindsTo(user.email!), ['account_closed', 'no_account'])
  })

  test('keeps the name of staff, and of whoever signed a chart and is no staff any more', async ({
    client,
    assert,
  }) => {
    const [doctor, former, patient] = [await anAccount('doctor'), await anAccount(), await anAccount('patient')]
    const chart = await chartOf(patient)
    const { id: patient_id } = await db.from('patients').where('uuid', chart).firstOrFail()
    await db.table('doctor_patient').insert({
      ...{ uuid: newUuid(), doctor_id: former.id, patient_id, assigned_at: AT, ended_at: AT, is_open: null },
      ...{ version: 1, ...STAMPS },
    })
    for (const user of [doctor, former, patient]) await close(client, user)
    const names = await Promise.all([doctor, former, patient].map(async (user) => (await rowOf(user)).name))
    assert.deepEqual(names, [doctor.name, former.name, 'Compte fermé'])
  })

  test('leaves the chart where it is, and takes the account away from it as a change of its own', async ({
    client,
    assert,
  }) => {
    const user = await anAccount('patient')
    const chart = await chartOf(user)
    const before = await db.from('patients').where('uuid', chart).firstOrFail()
    const answer = await close(client, user)
    assert.equal(answer.status(), 200)
    const after = await db.from('patients').where('uuid', chart).firstOrFail()
    assert.deepInclude(after, { user_id: null, version: before.version + 1, family_name: before.family_name })
    assert.deepEqual(JSON.parse((await entryOf(answer)).details).fields, ['user_id'])
  })

  test('frees the address for another account', async ({ client, assert }) => {
    const user = await anAccount('patient')
    await close(client, user)
    const admin = await sessionOf(await anAccount('admin'))
    const body = { name: 'Somebody else', email: user.email, roles: [] }
    assert.equal((await ask(client, 'post', '/invitations', body, admin)).status(), 201)
  })
})
