import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { grant, revoke } from '#app/users/change_grants'
import { disableUser } from '#app/users/disable_user'
import { makeToken } from '#app/tokens/make_token'
import { revokeToken } from '#app/tokens/revoke_token'
import { writeLastUses } from '#app/tokens/verify_token'
import { newUuid } from '#app/core/ids'
import env from '#start/env'
import { callerOf, someone, tokenOf } from '#tests/acting'
import { apiCaller, apiCallerWith, PATIENTS } from '#tests/functional/api_caller'
import { auditOf, INSTANT } from '#tests/functional/core/probe'
import { queriesOf } from '#tests/functional/queries'
import { aPatient, somePatient } from '#tests/functional/patients/some_patient'

const operator = callerOf()

test.group('A token: refusals', (group) => {
  group.each.teardown(() => moveClock(0))

  test('a call without one is 401, says how to sign in, and is audited without a user', async ({ client, assert }) => {
    const requestId = newUuid()
    const answer = await client.get(PATIENTS).header('X-Request-Id', requestId)
    answer.assertStatus(401)
    assert.equal(answer.header('www-authenticate'), 'Bearer')
    assert.equal(answer.body().code, 'unauthenticated')
    const [row, ...more] = await auditOf(requestId)
    assert.deepInclude(row, { action: 'http_request', outcome: 'refused', http_status: 401, user_id: null })
    assert.lengthOf(more, 0)
  })

  test('unknown, revoked, expired, of a closed account, or with one sign changed: 401', async ({ client, assert }) => {
    const user = await someone('reception')
    const { token, value } = await makeToken(operator, { user: user.uuid, abilities: ['*'], expires_in: 60 })
    const status = async (bearer: string) => (await client.get(PATIENTS).bearerToken(bearer)).status()
    assert.equal(await status(value), 200, 'control')
    assert.equal(await status(`${value.slice(0, -1)}${value.endsWith('A') ? 'B' : 'A'}`), 401)
    const [name, secret] = value.slice('oat_'.length).split('.')
    assert.equal(await status(`oat_${Buffer.from(newUuid()).toString('base64url')}.${secret}`), 401)
    assert.equal(await status(`oat_${name}.${Buffer.from('x'.repeat(40)).toString('base64url')}`), 401)

    moveClock(61_000)
    assert.equal(await status(value), 401, 'expired')
    moveClock(0)
    assert.equal(await status(value), 200)

    await revokeToken(operator, { id: token.uuid })
    assert.equal(await status(value), 401, 'revoked')

    const other = await tokenOf(user)
    assert.equal(await status(other), 200)
    await disableUser(operator, { user: user.uuid })
    assert.equal(await status(other), 401, 'disabled')
  })

  test('lets through what it was made for and nothing else that its owner may', async ({ client, assert }) => {
    const user = await someone('admin')
    const api = await apiCaller(client, user, ['patients.find'])
    const { uuid } = await somePatient()
    assert.equal((await api.get(`${PATIENTS}/search?mrn=NONE`)).status(), 200)
    assert.equal((await api.get(`${PATIENTS}/${uuid}`)).status(), 403)
    assert.equal((await api.post(PATIENTS, aPatient())).status(), 403)
    assert.equal((await api.delete(`${PATIENTS}/${uuid}`, { version: 1 })).status(), 403)
    assert.deepEqual((await api.get(PATIENTS)).body().data, [])
  })

  test('gives nothing that its owner may not', async ({ client, assert }) => {
    const api = await apiCaller(client, await someone('patient'), ['patients.find', 'patients.register'])
    assert.equal((await api.get(`${PATIENTS}/search?mrn=NONE`)).status(), 403)
    assert.equal((await api.post(PATIENTS, aPatient())).status(), 403)
  })
})

test.group('A token', () => {
  test('is kept as a hash: the database cannot be used to call', async ({ assert }) => {
    const value = await tokenOf(await someone())
    const [, secret] = value.slice('oat_'.length).split('.')
    const plain = Buffer.from(secret!, 'base64url').toString()
    for (const row of await db.from('access_tokens').select('hash')) {
      assert.match(row.hash, /^[0-9a-f]{64}$/)
      assert.notInclude([plain, secret, value], row.hash)
    }
  })

  test('costs one query for token, user, roles and permissions', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'admin', 'doctor', 'reception')
    const { uuid } = await somePatient()
    await api.get(`${PATIENTS}/${uuid}`)
    const queries = await queriesOf(() => api.get(`${PATIENTS}/${uuid}`))
    const about = queries.filter(({ sql }) => /access_tokens|\busers\b|\broles\b|permissions/.test(sql))
    assert.lengthOf(about, 1)
    const shapes = queries.map(({ sql }) => sql.replaceAll(/[`"]/g, '').slice(0, 24))
    assert.lengthOf(queries, 3, `token, patient, audit; was ${JSON.stringify(shapes)}`)
  })

  test('sets no cookie, and none is read', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'reception')
    for (const answer of [
      await api.get(PATIENTS),
      await api.post(PATIENTS, aPatient()),
      await api.get('/api/v1/nowhere'),
    ])
      assert.isUndefined(answer.header('set-cookie'))
    const without = await client.get(PATIENTS).header('cookie', `token=${api.token}; medinfo_dev=${api.token}`)
    without.assertStatus(401)
    assert.isUndefined(without.header('set-cookie'))
  })

  test('tells when it was last used, in one write for many', async ({ client, assert }) => {
    const [one, two] = [await apiCallerWith(client, 'reception'), await apiCallerWith(client, 'reception')]
    const lastUse = async ({ user }: typeof one) =>
      (await db.from('access_tokens').where('tokenable_id', user.id).firstOrFail()).last_used_at
    await one.get(PATIENTS)
    await two.get(PATIENTS)
    assert.isNull(await lastUse(one))
    const queries = await queriesOf(() => writeLastUses(db.connection()))
    assert.lengthOf(
      queries.filter(({ sql }) => /update .access_tokens/.test(sql)),
      1
    )
    assert.isNotNull(await lastUse(one))
    assert.isNotNull(await lastUse(two))
  })
})

test.group('Permissions', () => {
  test('granted to a person act on the next request, and so does taking them back', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'lab')
    const { uuid } = await somePatient()
    const status = async () => (await api.get(`${PATIENTS}/${uuid}`)).status()
    assert.equal(await status(), 403)
    await grant(operator, { user: api.user.uuid, permission: 'patients.view_any' })
    assert.equal(await status(), 200)
    await revoke(operator, { user: api.user.uuid, permission: 'patients.view_any' })
    assert.equal(await status(), 403)
  })

  test('granted to a role, and a role granted to a person, too', async ({ client, assert }) => {
    const role = `tests_${Date.now()}`.replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)]!)
    await db.table('roles').insert({ uuid: newUuid(), name: role, created_at: INSTANT, updated_at: INSTANT })
    const api = await apiCallerWith(client)
    const { uuid } = await somePatient()
    const status = async () => (await api.get(`${PATIENTS}/${uuid}`)).status()
    await grant(operator, { user: api.user.uuid, role })
    assert.equal(await status(), 403)
    await grant(operator, { role, permission: 'patients.view_any' })
    assert.equal(await status(), 200)
    await revoke(operator, { role, permission: 'patients.view_any' })
    assert.equal(await status(), 403)
    await grant(operator, { role, permission: 'patients.view_any' })
    await revoke(operator, { user: api.user.uuid, role })
    assert.equal(await status(), 403)
  })
})

test.group('Too many requests', (group) => {
  const limits = { API_REQUESTS_PER_MINUTE: 1_000_000, LOOKUPS_PER_MINUTE: 1_000_000 }
  group.each.teardown(() => {
    for (const [name, value] of Object.entries(limits)) env.set(name as keyof typeof limits, value)
  })

  test('of one person are 429 with the time to wait, and others go on', async ({ client, assert }) => {
    env.set('LOOKUPS_PER_MINUTE', 3)
    const [busy, calm] = [await apiCallerWith(client, 'reception'), await apiCallerWith(client, 'reception')]
    const search = `${PATIENTS}/search?mrn=NONE`
    const statuses = []
    for (let n = 0; n < 4; n++) statuses.push((await busy.get(search)).status())
    assert.deepEqual(statuses, [200, 200, 200, 429])
    const refused = await busy.get(search)
    assert.equal(refused.body().code, 'too_many_requests')
    assert.match(refused.header('retry-after') ?? '', /^\d+$/)
    assert.match(refused.header('content-type')!, /problem\+json/)
    const [row] = await auditOf(refused.requestId)
    assert.deepInclude(row, { action: 'http_request', http_status: 429, outcome: 'refused', user_id: busy.user.id })
    assert.equal((await calm.get(search)).status(), 200)
    assert.equal((await busy.get(PATIENTS)).status(), 200)
  })

  test('of any kind are limited too', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'reception')
    env.set('API_REQUESTS_PER_MINUTE', 2)
    const statuses = []
    for (let n = 0; n < 3; n++) statuses.push((await api.get(PATIENTS)).status())
    assert.deepEqual(statuses, [200, 200, 429])
  })
})
