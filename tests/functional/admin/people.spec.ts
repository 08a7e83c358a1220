import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { liveSessionsOf } from '#app/sessions/live_sessions'
import { newUuid } from '#app/core/ids'
import Role from '#app/users/role'
import User from '#app/users/user'
import { handDevice, sessionOf, someone } from '#tests/acting'
import { anAccount, anAddress, kindsTo } from '#tests/functional/accounts/some_account'
import { officeAllowed, officeWith, toldOf } from '#tests/functional/admin/office'
import { giveGenerator } from '#tests/functional/factors/some_factor'

const SEEING = ['users.view', 'users.manage']
const GIVEN = ['back_office.enter', 'users.view']
const REASON = { reason: 'Demandé par la direction' }

/** Somebody with all that one can take from them: a role, a factor, a session, a device. */
async function somebodyToChange() {
  const user = await anAccount('nurse')
  await giveGenerator(user)
  await sessionOf(user)
  const device = newUuid()
  await handDevice(device, user)
  const [session] = await liveSessionsOf(await User.findOrFail(user.id), undefined, db.connection())
  return { user, device, session: session!.uuid }
}

/** All that an action here could change of them, and how many people there are. */
async function standOf({ id }: User) {
  const rows = (table: string, column = 'user_id') => db.from(table).where(column, id).orderBy(column)
  const [user] = await rows('users', 'id')
  const { n } = await db.from('users').where('name', 'Nouvelle personne').count('* as n').firstOrFail()
  return JSON.stringify([
    [user.password, user.disabled_at, user.sign_in_epoch, Number(n)],
    await rows('user_roles'),
    (await rows('totp_secrets')).length,
    (await rows('sessions')).map(({ uuid }) => uuid),
    (await rows('sync_devices')).map(({ revoked_at }) => revoked_at),
  ])
}

interface Changed {
  user: User
  device: string
  session: string
}

/** Each action: where it is, what is typed, and what its refusal is called in the audit. */
const ACTIONS: [name: string, path: (of: Changed) => string, typed: Record<string, string>, told: string][] = [
  [
    'invite',
    () => 'users/actions/invite',
    { name: 'Nouvelle personne', email: 'nouvelle@example.org', language: 'fr' },
    'accounts.invite',
  ],
  ['invite again', ({ user }) => `users/records/${user.uuid}/invite_again`, {}, 'accounts.repeat_invitation'],
  ['give a role', ({ user }) => `users/records/${user.uuid}/give_role`, { role: 'doctor' }, 'roles.grant'],
  ['take a role', ({ user }) => `users/records/${user.uuid}/take_role`, { role: 'nurse' }, 'roles.revoke'],
  ['end sessions', ({ user }) => `users/records/${user.uuid}/end_sessions`, {}, 'sessions.end_all'],
  ['reset factors', ({ user }) => `users/records/${user.uuid}/reset_factors`, {}, 'factors.reset'],
  ['disable', ({ user }) => `users/records/${user.uuid}/disable`, {}, 'users.disable'],
  ['reinstate', ({ user }) => `users/records/${user.uuid}/reinstate`, {}, 'users.reinstate'],
  ['end a session', ({ session }) => `sessions/records/${session}/end`, {}, 'sessions.end'],
  ['revoke a device', ({ device }) => `devices/records/${device}/revoke`, {}, 'devices.revoke'],
]

test.group('People in the back office: refused', () => {
  for (const role of ['doctor', 'nurse', 'lab', 'reception', 'patient'])
    test(`every action is refused to the role ${role}, changes nothing and is in the audit`, async ({ assert }) => {
      const changed = await somebodyToChange()
      const office = await officeWith(role)
      const before = await standOf(changed.user)
      for (const [name, path, typed] of ACTIONS) {
        const answer = await office.act(path(changed), { ...typed, ...REASON })
        assert.deepEqual([answer.status, answer.body.code], [403, 'forbidden'], name)
        const told = await toldOf(answer)
        assert.deepEqual(
          told.map(({ outcome, details }) => [outcome, details.code]),
          [['refused', 'forbidden']],
          name
        )
      }
      for (const resource of ['users', 'roles', 'sessions', 'devices'])
        assert.equal((await office.list(resource)).status, 403, resource)
      assert.equal((await office.page('permissions')).status, 403)
      assert.equal(await standOf(changed.user), before)
    })

  test('who may enter and see people, and no more, is refused by the gate of each action', async ({ assert }) => {
    const changed = await somebodyToChange()
    const office = await officeAllowed('users.view')
    const before = await standOf(changed.user)
    for (const [name, path, typed, action] of ACTIONS) {
      const answer = await office.act(path(changed), { ...typed, ...REASON })
      const told = await toldOf(answer)
      const refusal = told.at(-1)!
      // A row that may not be seen is refused before.
      const isUnseen = /^(sessions|devices)\//.test(path(changed))
      assert.deepEqual([refusal.outcome, refusal.details.code], ['refused', 'forbidden'], name)
      if (isUnseen) assert.equal(answer.status, 403, name)
      else assert.deepEqual([answer.body.problem, refusal.action], ['forbidden', action], name)
    }
    assert.equal(await standOf(changed.user), before)
  })

  test('who manages people gives and takes no role, and lets nobody in again who has one', async ({ assert }) => {
    const { user } = await somebodyToChange()
    const office = await officeAllowed(...SEEING)
    const at = `users/records/${user.uuid}`
    for (const [path, typed] of [
      [`${at}/give_role`, { role: 'admin' }],
      [`${at}/take_role`, { role: 'nurse' }],
      [`${at}/reinstate`, {}],
      ['users/actions/invite', { name: 'A B', email: anAddress(), language: 'fr', roles: 'admin' }],
    ] as [string, Record<string, string>][]) {
      const before = await standOf(user)
      const answer = await office.act(path, { ...typed, ...REASON })
      assert.equal(answer.body.problem, 'forbidden', path)
      assert.equal((await toldOf(answer)).at(-1)!.outcome, 'refused', path)
      assert.equal(await standOf(user), before, path)
    }
  })
})

test.group('People in the back office', () => {
  test('an invitation gives several roles, and is sent again until it is accepted', async ({ assert }) => {
    const office = await officeWith('admin')
    const email = anAddress()
    const typed = { name: 'Awa Diallo', email, language: 'fr', roles: 'doctor,lab' }
    const invited = await office.act('users/actions/invite', typed)
    assert.equal(invited.body.notice?.type, 'success')
    const user = await User.query().where('email', email).preload('roles').firstOrFail()
    assert.sameMembers(
      user.roles.map(({ name }) => name),
      ['doctor', 'lab']
    )
    const again = await office.act(`users/records/${user.uuid}/invite_again`, REASON)
    assert.equal(again.body.notice?.type, 'success')
    const told = (await toldOf(again)).map(({ action, outcome }) => `${action} ${outcome}`)
    assert.include(told, 'accounts.repeat_invitation done')
    assert.deepEqual(await kindsTo(email), ['invitation'])
    await user.merge({ password: 'x' }).save()
    const late = await office.act(`users/records/${user.uuid}/invite_again`, REASON)
    assert.equal(late.body.problem, 'account_active')
  })

  test('an administrator does each action, which is in the audit', async ({ assert }) => {
    const office = await officeWith('admin')
    const skipped = new Set(['invite', 'invite again'])
    for (const [name, path, typed, action] of ACTIONS.filter(([each]) => !skipped.has(each))) {
      const changed = await somebodyToChange()
      if (name === 'reinstate')
        await User.query()
          .where('id', changed.user.id)
          .update({ disabled_at: new Date(0) })
      const before = await standOf(changed.user)
      const answer = await office.act(path(changed), { ...typed, ...REASON })
      assert.equal(answer.body.notice?.type, 'success', `${name}: ${answer.body.notice?.message}`)
      assert.notEqual(await standOf(changed.user), before, name)
      const told = (await toldOf(answer)).find((entry) => entry.action === action)
      const { via, reason } = told?.details ?? {}
      assert.deepEqual([told?.outcome, via, reason], ['done', 'admin', REASON.reason], name)
    }
  })

  test('what takes something from somebody asks why', async ({ assert }) => {
    const office = await officeWith('admin')
    const changed = await somebodyToChange()
    const before = await standOf(changed.user)
    for (const [name, path, typed] of ACTIONS.slice(2)) {
      const answer = await office.act(path(changed), typed)
      assert.property(answer.body.fields, 'reason', name)
      assert.equal((await toldOf(answer)).at(-1)!.outcome, 'refused', name)
    }
    const unasked = await office.change('permissions', { action: 'grant', role: 'lab', permission: 'users.view' })
    assert.property(unasked.body.fields, 'reason')
    assert.equal(await standOf(changed.user), before)
  })

  test('a list is narrowed by role and by state', async ({ assert }) => {
    const office = await officeWith('admin')
    const [invited, active] = [await someone('lab'), await anAccount('lab')]
    const found = async (query: string) => {
      const { body } = await office.list('users', `perPage=100&${query}`)
      return body.records!.map(({ id }) => id)
    }
    assert.includeMembers(await found('filters.roles=lab'), [invited.uuid, active.uuid])
    assert.notInclude(await found('filters.roles=doctor'), active.uuid)
    const narrowed = await found('filters.roles=lab&filters.state=invited')
    assert.include(narrowed, invited.uuid)
    assert.notInclude(narrowed, active.uuid)
    assert.include(await found(`filters.state=active&filters.email=${active.email}`), active.uuid)
    assert.deepEqual(await found('filters.name=%25'), [])
  })

  test('roles are listed with how many people have them, and shown with what they allow', async ({ assert }) => {
    const office = await officeWith('admin')
    await someone('doctor')
    const role = await Role.query().where('name', 'doctor').preload('permissions').firstOrFail()
    const { n } = await db.from('user_roles').where('role_id', role.id).count('* as n').firstOrFail()
    const { body } = await office.list('roles')
    const { params } = body.records!.find(({ id }) => id === role.uuid)!
    assert.deepInclude(params, { name: 'doctor', people: Number(n), held: role.permissions.length })
    const shown = (await office.show('roles', role.uuid)).body.record!.params
    assert.include(Object.values(shown), 'charts.break_glass')
  })
})

test.group('Sessions and devices in the back office', () => {
  test('sessions of everybody are listed without what opens them, and one is ended', async ({ assert }) => {
    const office = await officeWith('admin')
    const { user, session } = await somebodyToChange()
    await sessionOf(user)
    const { hash } = await db.from('sessions').where('uuid', session).firstOrFail()
    const { body } = await office.list('sessions', `filters.email=${user.email}`)
    assert.lengthOf(body.records!, 2)
    assert.notInclude(JSON.stringify(body), hash)
    const ended = await office.act(`sessions/records/${session}/end`, REASON)
    assert.equal(ended.body.notice?.type, 'success')
    const left = await office.list('sessions', `filters.email=${user.email}`)
    assert.lengthOf(left.body.records!, 1)
    assert.notEqual(left.body.records![0]!.id, session)
    assert.equal((await office.show('sessions', session)).status, 404)
  })

  test('the sessions of who was signed out everywhere, or whose account is closed, are not among them', async ({
    assert,
  }) => {
    const office = await officeWith('admin')
    const [left, closed] = [await somebodyToChange(), await somebodyToChange()]
    await db.from('users').where('id', left.user.id).increment('sign_in_epoch', 1)
    await User.query()
      .where('id', closed.user.id)
      .update({ disabled_at: new Date(0) })
    for (const { user, session } of [left, closed]) {
      assert.deepEqual((await office.list('sessions', `filters.email=${user.email}`)).body.records, [])
      const answer = await office.act(`sessions/records/${session}/end`, REASON)
      assert.equal(answer.status, 404)
    }
  })

  test('a device is told apart by its state and by how long it is silent, and revoked once', async ({ assert }) => {
    const office = await officeWith('admin')
    const { user, device } = await somebodyToChange()
    const own = `filters.email=${user.email}`
    const row = async () => (await office.show('devices', device)).body.record!.params
    const count = async (state: string) =>
      (await office.list('devices', `${own}&filters.state=${state}`)).body.meta!.total
    assert.deepInclude(await row(), { state: 'live', silence: 'never', person: user.name })
    await db.from('sync_devices').where('uuid', device).update({ last_seen: '2026-01-01 00:00:00.000' })
    assert.deepInclude(await row(), { state: 'live', silence: 'day' })
    assert.deepEqual([await count('live'), await count('waits_for_sign_in'), await count('revoked')], [1, 0, 0])
    await db.from('users').where('id', user.id).increment('sign_in_epoch', 1)
    assert.deepInclude(await row(), { state: 'waits_for_sign_in' })
    assert.deepEqual([await count('live'), await count('waits_for_sign_in'), await count('revoked')], [0, 1, 0])
    await office.act(`devices/records/${device}/revoke`, REASON)
    assert.deepInclude(await row(), { state: 'revoked', silence: 'ended', revoked_by: office.user.name })
    assert.deepEqual([await count('live'), await count('waits_for_sign_in'), await count('revoked')], [0, 0, 1])
    const again = await office.act(`devices/records/${device}/revoke`, REASON)
    assert.equal(again.body.notice?.type, 'error')
  })
})

test.group('The matrix of permissions', () => {
  test('a change acts on the next request of who has the role, and ends nothing', async ({ assert, cleanup }) => {
    const office = await officeWith('admin')
    const colleague = await officeWith('lab')
    const change = (action: 'grant' | 'revoke', permission: string) =>
      office.change('permissions', { action, role: 'lab', permission, ...REASON })
    cleanup(async () => {
      for (const permission of GIVEN) await change('revoke', permission)
    })
    assert.equal((await colleague.page('permissions')).status, 403)
    for (const permission of GIVEN) {
      const answer = await change('grant', permission)
      assert.equal(answer.body.notice?.type, 'success')
      const [told] = await toldOf(answer)
      assert.deepInclude(told, { action: 'roles.grant', outcome: 'done' })
      assert.equal(told!.details.reason, REASON.reason)
    }
    const seen = await colleague.page('permissions')
    assert.equal(seen.status, 200)
    assert.isFalse(seen.body.may_change)
    for (const permission of GIVEN) await change('revoke', permission)
    assert.equal((await colleague.page('permissions')).status, 403)
  })

  test('who may only see it changes nothing, which is in the audit', async ({ assert }) => {
    const office = await officeAllowed('users.view')
    const before = JSON.stringify(await db.from('role_permissions').orderBy('role_id').orderBy('permission_id'))
    for (const [action, permission] of [
      ['grant', 'roles.manage'],
      ['revoke', 'lab_results.enter'],
    ] as const) {
      const answer = await office.change('permissions', { action, role: 'lab', permission, ...REASON })
      assert.equal(answer.body.problem, 'forbidden')
      assert.deepInclude((await toldOf(answer))[0], { action: `roles.${action}`, outcome: 'refused' })
    }
    const after = JSON.stringify(await db.from('role_permissions').orderBy('role_id').orderBy('permission_id'))
    assert.equal(after, before)
  })

  test('an action that there is not is not found', async ({ assert }) => {
    const office = await officeWith('admin')
    for (const action of ['', 'constructor', 'erase'])
      assert.equal((await office.change('permissions', { action })).status, 404, action)
  })

  test('the last administrator keeps theirs, and is told so', async ({ assert }) => {
    const office = await officeWith('admin')
    const typed = { action: 'revoke', role: 'admin', permission: 'roles.manage', ...REASON }
    const before = await db.from('user_permissions').select('*')
    const answer = await office.change('permissions', typed)
    assert.equal(answer.body.problem, 'last_administrator', JSON.stringify(before))
    assert.include(answer.body.notice!.message, 'administrat')
  })
})
