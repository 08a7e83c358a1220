import type { ApiClient } from '@japa/api-client'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { grant, revoke } from '#app/users/change_grants'
import { makeToken } from '#app/tokens/make_token'
import type User from '#app/users/user'
import { callerOf, sessionOf, someone, tokenOf } from '#tests/acting'
import { auditOf } from '#tests/functional/core/probe'
import { PATIENTS } from '#tests/functional/api_caller'
import { patientOf } from '#tests/functional/charts/some_chart'

const TOKENS = '/api/v1/me/tokens'
const ME = '/api/v1/me'
const A_DAY = 86_400

const wanted = (more: object = {}) => ({ name: 'Agenda', abilities: ['*'], expires_in: A_DAY, ...more })

async function send(
  client: ApiClient,
  method: 'get' | 'post' | 'delete',
  path: string,
  headers: Record<string, string>,
  body?: object
) {
  const requestId = newUuid()
  const request = client[method](path).header('X-Request-Id', requestId)
  for (const [name, value] of Object.entries(headers)) request.header(name, value)
  if (body) request.json(body as never)
  return Object.assign(await request, { requestId })
}

const make = async (client: ApiClient, user: User, more: object = {}) =>
  send(client, 'post', TOKENS, await sessionOf(user), wanted(more))

const rowsOf = (user: User) => db.from('access_tokens').where('tokenable_id', user.id)
const statusBy = async (client: ApiClient, bearer: string, path = ME) =>
  (await client.get(path).bearerToken(bearer)).status()

test.group('Own tokens: refusals', (group) => {
  group.each.teardown(() => moveClock(0))

  test('whoever proved no second factor in this session makes none; with one they do', async ({ client, assert }) => {
    const patient = await someone('patient')
    const headers = await sessionOf(patient, { withFactor: false })
    assert.equal((await send(client, 'get', TOKENS, headers)).status(), 200, 'the session is complete')
    const refused = await send(client, 'post', TOKENS, headers, wanted())
    assert.deepEqual([refused.status(), refused.body().code], [403, 'enrolment_required'])
    assert.lengthOf(await rowsOf(patient), 0)
    assert.equal((await make(client, patient)).status(), 201)
  })

  test('six minutes after the factor was proven none is made; after four it is', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const headers = await sessionOf(doctor)
    moveClock(4 * 60_000)
    assert.equal((await send(client, 'post', TOKENS, headers, wanted())).status(), 201)
    moveClock(6 * 60_000)
    const refused = await send(client, 'post', TOKENS, headers, wanted())
    assert.deepEqual([refused.status(), refused.body().code], [403, 'step_up_required'])
    assert.lengthOf(await rowsOf(doctor), 1)
  })

  test('a token makes, lists and ends none, however much it may', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const bearer = { authorization: `Bearer ${await tokenOf(doctor)}` }
    const [{ uuid }] = await rowsOf(doctor)
    for (const [method, path, body] of [
      ['post', TOKENS, wanted()],
      ['get', TOKENS, undefined],
      ['delete', `${TOKENS}/${uuid}`, undefined],
    ] as const) {
      const answer = await send(client, method, path, bearer, body)
      assert.deepEqual([answer.status(), answer.body().code], [403, 'session_required'], `${method} ${path}`)
    }
    assert.lengthOf(await rowsOf(doctor).whereNull('revoked_at'), 1)
  })

  test('an ability that the owner has not, among others that they have, is named', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    for (const [abilities, status] of [
      [['patients.view', 'users.manage'], 422],
      [['*', 'roles.manage'], 422],
      [['patients.view', 'charts.view'], 201],
    ] as const) {
      const answer = await make(client, doctor, { abilities })
      assert.equal(answer.status(), status, String(abilities))
      if (status === 422) {
        assert.equal(answer.body().code, 'ability_not_held')
        assert.equal(answer.body().errors[0].pointer, '/abilities/1')
      }
    }
    assert.lengthOf(await rowsOf(doctor), 1)
  })

  test('for more than a year, without a name, for nothing, or for another', async ({ client, assert }) => {
    const [doctor, other] = [await someone('doctor'), await someone('doctor')]
    for (const more of [
      { expires_in: 367 * A_DAY },
      { expires_in: 59 },
      { expires_in: undefined },
      { name: undefined },
      { name: ' ' },
      { abilities: [] },
      { abilities: ['patients.delete'] },
      { user: other.uuid },
    ]) {
      const answer = await make(client, doctor, more)
      assert.deepEqual([answer.status(), answer.body().code], [422, 'invalid'], JSON.stringify(more))
    }
    assert.equal((await make(client, doctor, { expires_in: 366 * A_DAY })).status(), 201)
    assert.lengthOf(await rowsOf(other), 0)
  })

  test('those of somebody else do not exist, and stay', async ({ client, assert }) => {
    const [doctor, admin] = [await someone('doctor'), await someone('admin')]
    const bearer = await tokenOf(doctor)
    const [{ uuid }] = await rowsOf(doctor)
    const headers = await sessionOf(admin)
    const answer = await send(client, 'delete', `${TOKENS}/${uuid}`, headers)
    assert.deepEqual([answer.status(), answer.body().code], [404, 'not_found'])
    assert.deepEqual((await send(client, 'get', TOKENS, headers)).body().data, [])
    assert.equal(await statusBy(client, bearer), 200)
    const own = await send(client, 'delete', `${TOKENS}/${uuid}`, await sessionOf(doctor))
    assert.equal(own.status(), 200)
    assert.equal(await statusBy(client, bearer), 401)
  })

  test('at the gate, a session that proved nothing of late makes one for nobody; the operator does', async ({
    assert,
  }) => {
    const admin = await someone('admin')
    const { uuid: user } = await someone('doctor')
    const stale = Object.create(admin, {
      signIn: { value: { sessionUuid: newUuid(), confirmedAt: null, missing: null } },
    })
    const input = { user, abilities: ['*'], expires_in: 60 }
    await assert.rejects(() => makeToken({ ...callerOf(stale), via: 'api' }, input), 'step_up_required')
    assert.exists(await makeToken(callerOf(), input))
  })
})

test.group('Own tokens', (group) => {
  group.each.teardown(() => moveClock(0))

  test('are shown once, kept as a hash, and listed without their value', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const made = await make(client, doctor, { abilities: ['patients.view'] })
    const { value, ...told } = made.body().data
    assert.deepInclude(told, { name: 'Agenda', abilities: ['patients.view'], last_used_at: null })
    assert.equal(await statusBy(client, value), 200)
    const list = await send(client, 'get', TOKENS, await sessionOf(doctor))
    assert.deepEqual(list.body().data, [told])
    const [row] = await rowsOf(doctor)
    for (const text of [list.text(), JSON.stringify(row)]) {
      assert.notInclude(text, value)
      assert.notInclude(text, value.split('.')[1])
    }
    assert.notInclude(list.text(), row.hash)
  })

  test('act as their owner, no further than their abilities, until they expire', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const path = `${PATIENTS}/${(await patientOf(doctor)).uuid}`
    const { value } = (await make(client, doctor, { abilities: ['patients.view'] })).body().data
    const { value: whole } = (await make(client, doctor)).body().data
    assert.deepEqual([await statusBy(client, value, path), await statusBy(client, whole, path)], [200, 200])
    assert.equal(await statusBy(client, value, `${path}/timeline`), 403)
    assert.equal(await statusBy(client, whole, `${path}/timeline`), 200)
    await revoke(callerOf(), { user: doctor.uuid, role: 'doctor' })
    assert.deepEqual([await statusBy(client, value, path), await statusBy(client, whole, path)], [403, 403])
    await grant(callerOf(), { user: doctor.uuid, role: 'doctor' })
    assert.equal(await statusBy(client, value, path), 200)
    moveClock((A_DAY + 1) * 1000)
    assert.equal(await statusBy(client, value, path), 401)
  })

  test('once ended are in no list, and cannot be ended again', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const [first, second] = [await make(client, doctor), await make(client, doctor)]
    const path = `${TOKENS}/${first.body().data.id}`
    const headers = await sessionOf(doctor)
    const ended = await Promise.all([0, 1, 2].map(() => send(client, 'delete', path, headers)))
    assert.deepEqual(ended.map((answer) => answer.status()).sort(), [200, 404, 404])
    const list = await send(client, 'get', TOKENS, headers)
    assert.deepEqual(
      list.body().data.map(({ id }: { id: string }) => id),
      [second.body().data.id]
    )
  })

  test('leave one entry each time, that names abilities and no value', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const made = await make(client, doctor, { abilities: ['patients.view'] })
    const { id, value } = made.body().data
    const refused = await make(client, doctor, { abilities: ['users.manage'] })
    const headers = await sessionOf(doctor)
    const listed = await send(client, 'get', TOKENS, headers)
    const ended = await send(client, 'delete', `${TOKENS}/${id}`, headers)
    const expected = [
      [made, { action: 'tokens.create', outcome: 'done', entity: 'access_token', entity_uuid: id, http_status: 201 }],
      [refused, { action: 'tokens.create', outcome: 'refused', http_status: 422 }],
      [listed, { action: 'tokens.list_own', outcome: 'done', http_status: 200 }],
      [ended, { action: 'tokens.revoke', outcome: 'done', entity_uuid: id, http_status: 200 }],
    ] as const
    for (const [{ requestId }, told] of expected) {
      const [entry, ...more] = await auditOf(requestId)
      assert.lengthOf(more, 0)
      assert.deepInclude(entry, { ...told, user_id: doctor.id })
      for (const secret of [value, value.split('.')[1]]) assert.notInclude(JSON.stringify(entry), secret)
    }
    const [entry] = await auditOf(made.requestId)
    assert.deepInclude(JSON.parse(entry!.details), { owner: doctor.uuid, abilities: ['patients.view'] })
  })
})
