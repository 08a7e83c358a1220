import type { ApiClient } from '@japa/api-client'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { grant, revoke } from '#app/users/change_grants'
import { disableUser } from '#app/users/disable_user'
import User from '#app/users/user'
import { callerOf, sessionOf, someone, tokenOf } from '#tests/acting'
import { apiCallerWith, type Answer } from '#tests/functional/api_caller'
import { auditOf, INSTANT } from '#tests/functional/core/probe'
import { queriesOf } from '#tests/functional/queries'

const USERS = '/api/v1/users'
const ME = '/api/v1/me'

type Method = 'get' | 'post' | 'put' | 'delete'

async function send(client: ApiClient, method: Method, path: string, headers: Record<string, string>) {
  const requestId = newUuid()
  const request = client[method](path).header('X-Request-Id', requestId)
  for (const [name, value] of Object.entries(headers)) request.header(name, value)
  return Object.assign(await request, { requestId })
}

/** The session of somebody as the database has them now: a former change has ended those before. */
const freshSession = async ({ id }: User) => sessionOf(await User.findOrFail(id))
const epochOf = async ({ id }: User) => Number((await db.from('users').where('id', id).firstOrFail()).sign_in_epoch)
const rolesOf = async ({ id }: User) => {
  const rows = await db.from('user_roles').join('roles', 'roles.id', 'user_roles.role_id').where('user_id', id)
  return rows.map(({ name }) => name).sort()
}
const at = (user: User, rest = '') => `${USERS}/${user.uuid}${rest}`

/** What changes accounts, as an administrator sends it about this person. */
const changesOf = (user: User): [Method, string][] => [
  ['post', at(user, '/disablement')],
  ['delete', at(user, '/disablement')],
  ['put', at(user, '/roles/nurse')],
  ['delete', at(user, '/roles/doctor')],
]

/** While `work` runs, these are the only administrators; the others are back afterwards. */
async function withOnlyAdministrators(admins: User[], work: () => Promise<void>) {
  const ids = admins.map(({ id }) => id)
  const rows = await db.from('users').whereNull('disabled_at').whereNotIn('id', ids).select('id')
  const others = rows.map(({ id }) => Number(id))
  await db.from('users').whereIn('id', others).update({ disabled_at: INSTANT })
  try {
    await work()
  } finally {
    await db.from('users').whereIn('id', others).update({ disabled_at: null })
  }
}

test.group('Accounts by the API: refusals', (group) => {
  group.each.teardown(() => moveClock(0))

  test('who may not look after accounts neither sees nor changes them', async ({ client, assert }) => {
    const person = await someone('doctor')
    for (const role of ['doctor', 'nurse', 'lab', 'reception', 'patient']) {
      const headers = await sessionOf(await someone(role))
      const reads: [Method, string][] = [
        ['get', USERS],
        ['get', at(person)],
        ['get', '/api/v1/roles'],
      ]
      for (const [method, path] of [...reads, ...changesOf(person)]) {
        const answer = await send(client, method, path, headers)
        assert.deepEqual([answer.status(), answer.body().code], [403, 'forbidden'], `${role}: ${method} ${path}`)
      }
    }
    assert.deepEqual([await epochOf(person), await rolesOf(person)], [0, ['doctor']])
  })

  test('nothing is changed by a token, nor six minutes after the proof; reading goes on', async ({
    client,
    assert,
  }) => {
    const [admin, person] = [await someone('admin'), await someone('doctor')]
    const [bearer, headers] = [{ authorization: `Bearer ${await tokenOf(admin)}` }, await sessionOf(admin)]
    moveClock(6 * 60_000)
    for (const [method, path] of changesOf(person)) {
      const [byToken, late] = [await send(client, method, path, bearer), await send(client, method, path, headers)]
      assert.deepEqual([byToken.status(), byToken.body().code], [403, 'session_required'], path)
      assert.deepEqual([late.status(), late.body().code], [403, 'step_up_required'], path)
    }
    assert.deepEqual([await epochOf(person), await rolesOf(person)], [0, ['doctor']])
    for (const credentials of [bearer, headers])
      assert.equal((await send(client, 'get', USERS, credentials)).status(), 200)
  })

  test('people and roles that there are not, and an e-mail address for an id', async ({ client, assert }) => {
    const [headers, person] = [await sessionOf(await someone('admin')), await someone('doctor')]
    for (const [path, code] of [
      [`${USERS}/${newUuid()}/roles/nurse`, 'not_found'],
      [at(person, '/roles/nosuchrole'), 'not_found'],
      [`${USERS}/${person.email}/roles/nurse`, 'route_not_found'],
    ] as const) {
      const answer = await send(client, 'put', path, headers)
      assert.deepEqual([answer.status(), answer.body().code], [404, code], path)
    }
    assert.equal((await send(client, 'put', at(person, '/roles/Infirmi%C3%A8re'), headers)).status(), 422)
    assert.deepEqual(await rolesOf(person), ['doctor'])
  })

  test('the last administrator neither closes themself nor gives their role away', async ({ client, assert }) => {
    const [admin, other] = [await someone('admin'), await someone('admin')]
    await withOnlyAdministrators([admin], async () => {
      const headers = await sessionOf(admin)
      for (const [method, path] of [
        ['post', at(admin, '/disablement')],
        ['delete', at(admin, '/roles/admin')],
      ] as [Method, string][]) {
        const answer = await send(client, method, path, headers)
        assert.deepEqual([answer.status(), answer.body().code], [422, 'last_administrator'], path)
      }
      assert.equal((await send(client, 'get', ME, headers)).status(), 200, 'and stays signed in')
    })
    await withOnlyAdministrators([admin, other], async () => {
      const headers = await sessionOf(admin)
      assert.equal((await send(client, 'post', at(admin, '/disablement'), headers)).status(), 200)
      assert.equal((await send(client, 'get', ME, headers)).status(), 401)
    })
  })

  test('whoever manages users but not roles lets nobody with a role in again', async ({ client, assert }) => {
    const [manager, former, roleless] = [await someone(), await someone('admin'), await someone()]
    await grant(callerOf(), { user: manager.uuid, permission: 'users.manage' })
    for (const { uuid: user } of [former, roleless]) await disableUser(callerOf(), { user })
    const headers = await freshSession(manager)
    assert.equal((await send(client, 'delete', at(former, '/disablement'), headers)).status(), 403)
    assert.equal((await send(client, 'put', at(manager, '/roles/admin'), headers)).status(), 403)
    assert.equal((await send(client, 'delete', at(roleless, '/disablement'), headers)).status(), 200)
    assert.isTrue((await User.findOrFail(former.id)).isDisabled)
  })
})

test.group('Accounts', (group) => {
  group.each.teardown(() => moveClock(0))

  test('are listed and shown with roles and what was given in person, never a password or its hash', async ({
    client,
    assert,
  }) => {
    const [api, person] = [await apiCallerWith(client, 'admin'), await someone('nurse', 'lab')]
    await db.from('users').where('id', person.id).update({ password: '$argon2id$planted' })
    await grant(callerOf(), { user: person.uuid, permission: 'audit.view' })
    const shown = await api.get(at(person))
    const { created_at: created, ...told } = shown.body().data
    assert.isNotNaN(Date.parse(created))
    assert.deepEqual(told, {
      ...{ id: person.uuid, name: person.name, email: person.email, language: 'fr', state: 'active' },
      ...{ roles: ['lab', 'nurse'], permissions: ['audit.view'], email_verified_at: null, disabled_at: null },
    })
    const texts = [shown.text()]
    let path: string | null = `${USERS}?role=lab&state=active&limit=100`
    while (path) {
      const page: Answer = await api.get(path)
      texts.push(page.text())
      const { next_cursor: next } = page.body().meta
      path = next && `${USERS}?role=lab&state=active&limit=100&cursor=${next}`
    }
    assert.include(texts.slice(1).join(''), person.uuid)
    for (const text of texts) assert.notMatch(text, /argon2|password|hash|epoch/)
  })

  test('are filtered by role and state, together', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'admin')
    const role = `tests_${newUuid()
      .slice(-8)
      .replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)]!)}`
    const stamps = { created_at: INSTANT, updated_at: INSTANT }
    await db.table('roles').insert({ uuid: newUuid(), name: role, ...stamps })
    const [active, closed] = [await someone(role), await someone(role)]
    await disableUser(callerOf(), { user: closed.uuid })
    const found = async (query: string) =>
      (await api.get(`${USERS}?${query}`)).body().data.map(({ id }: { id: string }) => id)
    assert.sameMembers(await found(`role=${role}`), [active.uuid, closed.uuid])
    assert.deepEqual(await found(`role=${role}&state=active`), [active.uuid])
    assert.deepEqual(await found(`role=${role}&state=disabled`), [closed.uuid])
    assert.equal((await api.get(`${USERS}?state=gone`)).status(), 422)
  })

  test('by the hundred cost as many queries as by one', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'admin')
    for (let n = 0; n < 3; n++) await someone('nurse')
    const count = async (limit: number) => (await queriesOf(() => api.get(`${USERS}?limit=${limit}`))).length
    assert.equal(await count(3), await count(1))
  })

  test('closed end every session and token at once; opened again, neither comes back', async ({ client, assert }) => {
    const [admin, person, bystander] = [await someone('admin'), await someone('doctor'), await someone('doctor')]
    const [headers, own, others] = [await sessionOf(admin), await sessionOf(person), await sessionOf(bystander)]
    const bearer = { authorization: `Bearer ${await tokenOf(person)}` }
    const seen = async () => [
      (await send(client, 'get', ME, own)).status(),
      (await send(client, 'get', ME, bearer)).status(),
      (await send(client, 'get', ME, others)).status(),
    ]
    assert.deepEqual(await seen(), [200, 200, 200])
    const closed = await send(client, 'post', at(person, '/disablement'), headers)
    assert.deepEqual([closed.status(), closed.body().data.state], [200, 'disabled'])
    assert.deepEqual(await seen(), [401, 401, 200])
    const again = await send(client, 'post', at(person, '/disablement'), headers)
    assert.equal(again.body().data.disabled_at, closed.body().data.disabled_at)
    const opened = await send(client, 'delete', at(person, '/disablement'), headers)
    assert.deepEqual([opened.status(), opened.body().data.state], [200, 'active'])
    assert.deepEqual(opened.body().data.roles, ['doctor'])
    assert.deepEqual(await seen(), [401, 401, 200])
    assert.equal((await send(client, 'get', ME, await freshSession(person))).status(), 200)
  })
})

test.group('Roles by the API', () => {
  test('given or taken end the person’s sessions on the next request, and nobody else’s', async ({
    client,
    assert,
  }) => {
    const [admin, person, bystander] = [await someone('admin'), await someone('doctor'), await someone('doctor')]
    const [headers, others] = [await sessionOf(admin), await sessionOf(bystander)]
    for (const [method, roles] of [
      ['put', ['doctor', 'nurse']],
      ['delete', ['doctor']],
    ] as const) {
      const own = await freshSession(person)
      assert.equal((await send(client, 'get', ME, own)).status(), 200, 'control: until then')
      const changed = await send(client, method, at(person, '/roles/nurse'), headers)
      assert.deepEqual([changed.status(), changed.body().data.roles], [200, roles])
      const answer = await send(client, 'get', ME, own)
      assert.deepEqual([answer.status(), answer.body().code], [401, 'session_over'])
      assert.deepEqual(await rolesOf(person), [...roles])
    }
    assert.equal((await send(client, 'get', ME, others)).status(), 200)
    assert.equal((await send(client, 'get', ME, headers)).status(), 200)
  })

  test('given twice, or taken from whoever has it not, end nothing', async ({ client, assert }) => {
    const [headers, person] = [await sessionOf(await someone('admin')), await someone('doctor')]
    const own = await sessionOf(person)
    for (const [method, role] of [
      ['put', 'doctor'],
      ['delete', 'nurse'],
    ] as const)
      assert.equal((await send(client, method, at(person, `/roles/${role}`), headers)).status(), 200)
    assert.equal((await send(client, 'get', ME, own)).status(), 200)
    assert.equal(await epochOf(person), 0)
  })

  test('given at the machine end sessions too, and so does a permission in person', async ({ client, assert }) => {
    const person = await someone('doctor')
    const changes = [
      () => grant(callerOf(), { user: person.uuid, role: 'nurse' }),
      () => grant(callerOf(), { user: person.uuid, permission: 'audit.view' }),
      () => revoke(callerOf(), { user: person.uuid, permission: 'audit.view' }),
      () => revoke(callerOf(), { user: person.uuid, role: 'nurse' }),
      () => disableUser(callerOf(), { user: person.uuid }),
    ]
    for (const [n, change] of changes.entries()) {
      const own = await freshSession(person)
      assert.equal((await send(client, 'get', ME, own)).status(), 200)
      await change()
      assert.equal((await send(client, 'get', ME, own)).status(), 401, String(n))
      assert.equal(await epochOf(person), n + 1)
    }
  })

  test('that are given a permission open it on the next request, and end nobody’s session', async ({
    client,
    assert,
  }) => {
    const person = await someone('nurse')
    const own = await sessionOf(person)
    const mayRead = async () => (await send(client, 'get', '/api/v1/audit-logs', own)).status()
    assert.equal(await mayRead(), 403)
    await grant(callerOf(), { role: 'nurse', permission: 'audit.view' })
    try {
      assert.equal(await mayRead(), 200)
    } finally {
      await revoke(callerOf(), { role: 'nurse', permission: 'audit.view' })
    }
    assert.equal(await mayRead(), 403)
    assert.equal(await epochOf(person), 0)
  })

  test('are listed with what they allow', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'admin')
    const answer = await api.get('/api/v1/roles')
    const lab = answer.body().data.find(({ name }: { name: string }) => name === 'lab')
    assert.deepEqual(lab.permissions, ['doctors.view', 'lab_results.enter', 'lab_results.validate', 'patients.find'])
    assert.isNull(answer.body().meta.next_cursor)
  })

  test('leave one entry for each change, that names the person and the role', async ({ client, assert }) => {
    const [admin, person] = [await someone('admin'), await someone('doctor')]
    const headers = await sessionOf(admin)
    const expected: [Method, string, string, number][] = [
      ['put', '/roles/nurse', 'roles.grant', 200],
      ['delete', '/roles/nurse', 'roles.revoke', 200],
      ['put', '/roles/nosuch', 'roles.grant', 404],
      ['post', '/disablement', 'users.disable', 200],
      ['delete', '/disablement', 'users.reinstate', 200],
    ]
    for (const [method, rest, action, status] of expected) {
      const { requestId } = await send(client, method, at(person, rest), headers)
      const [entry, ...more] = await auditOf(requestId)
      assert.lengthOf(more, 0, rest)
      assert.deepInclude(entry, { action, http_status: status, user_id: admin.id })
      if (status === 200) assert.deepInclude(entry, { entity: 'user', entity_uuid: person.uuid })
      assert.notInclude(JSON.stringify(entry), person.email!)
    }
  })
})
