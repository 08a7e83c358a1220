import { readdirSync, readFileSync } from 'node:fs'
import hash from '@adonisjs/core/services/hash'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { Actor } from '#app/core/actor'
import { newUuid } from '#app/core/ids'
import { BadRequest, Conflict, Forbidden, Invalid, NotFound, Refused } from '#app/core/problem'
import { inTransaction } from '#app/core/transaction'
import { countAdministrators, grant, revoke } from '#app/users/change_grants'
import { createUser } from '#app/users/create_user'
import { disableUser } from '#app/users/disable_user'
import { listRoles } from '#app/users/list_roles'
import { listUsers } from '#app/users/list_users'
import { makeToken } from '#app/tokens/make_token'
import { revokeToken } from '#app/tokens/revoke_token'
import { LastAdministrator } from '#app/users/user_problems'
import User from '#app/users/user'
import { callerOf, someone, tokenOf } from '#tests/acting'
import { auditOf, INSTANT } from '#tests/functional/core/probe'

const operator = () => callerOf()
const anEmail = () => `users-${newUuid()}@example.org`
const rolesOf = async ({ id }: User) => {
  const rows = await db.from('user_roles').join('roles', 'roles.id', 'user_roles.role_id').where('user_id', id)
  return rows.map(({ name }) => name).sort()
}

/** Somebody with these permissions and no others. */
function actorWith(user: User, ...permissions: string[]): Actor {
  return { id: user.id, uuid: user.uuid, roleNames: ['tests'], can: (permission) => permissions.includes(permission) }
}

/** While `work` runs, these are the only administrators; the others are back afterwards. */
async function withOnlyAdministrators(admins: User[], work: () => Promise<void>) {
  const ids = admins.map(({ id }) => id)
  const others = (await db.from('users').whereNull('disabled_at').whereNotIn('id', ids).select('id')).map(({ id }) =>
    Number(id)
  )
  await db.from('users').whereIn('id', others).update({ disabled_at: INSTANT })
  try {
    await work()
  } finally {
    await db.from('users').whereIn('id', others).update({ disabled_at: null })
  }
}

test.group('Users: refusals', () => {
  test('an address that is taken, in any case, and a role that is none', async ({ assert }) => {
    const email = anEmail()
    await createUser(operator(), { name: 'A', email })
    await assert.rejects(() => createUser(operator(), { name: 'B', email: email.toUpperCase() }), Conflict as never)
    const refused = anEmail()
    await assert.rejects(
      () => createUser(operator(), { name: 'C', email: refused, roles: ['nosuchrole'] }),
      Refused as never
    )
    assert.isNull(await User.findBy('email', refused))
  })

  test('of ten with one address at once, one is made', async ({ assert }) => {
    const email = anEmail()
    const made = await Promise.allSettled(
      Array.from({ length: 10 }, () => createUser(operator(), { name: 'A', email }))
    )
    assert.lengthOf(
      made.filter(({ status }) => status === 'fulfilled'),
      1
    )
    for (const one of made) if (one.status === 'rejected') assert.instanceOf(one.reason, Conflict)
  })

  test('a short password, an address that is none, an unknown language', async ({ assert }) => {
    for (const bad of [
      { password: 'elevenchars' },
      { email: 'no' },
      { email: 'a\ud800@example.org' },
      { language: 'de' },
      { name: ' ' },
      { name: 'a\0' },
    ])
      await assert.rejects(() => createUser(operator(), { name: 'A', ...bad }), Invalid as never)
  })

  test('whoever may not manage users makes, closes and lists none', async ({ assert }) => {
    const [nurse, user] = [await someone('nurse'), await someone()]
    for (const attempt of [
      () => createUser(callerOf(nurse), { name: 'A' }),
      () => disableUser(callerOf(nurse), { user: user.uuid }),
      () => listUsers(callerOf(nurse), {}),
      () => listRoles(callerOf(nurse), {}),
      () => grant(callerOf(nurse), { user: nurse.uuid, role: 'admin' }),
      () => revoke(callerOf(nurse), { user: user.uuid, role: 'admin' }),
      () => makeToken(callerOf(nurse), { user: user.uuid, abilities: ['*'], expires_in: 60 }),
    ])
      await assert.rejects(attempt, Forbidden as never)
  })

  test('whoever manages users but not roles cannot make themself an administrator by a new user', async ({
    assert,
  }) => {
    const manager = callerOf(actorWith(await someone(), 'users.manage'))
    await assert.rejects(() => createUser(manager, { name: 'A', roles: ['admin'] }), Forbidden as never)
    assert.exists(await createUser(manager, { name: 'A' }))
  })

  test('a grant names two of role, person and permission that exist', async ({ assert }) => {
    const { uuid: user } = await someone()
    for (const input of [{}, { user }, { user, role: 'admin', permission: 'users.view' }])
      await assert.rejects(() => grant(operator(), input), BadRequest as never)
    await assert.rejects(() => grant(operator(), { user, role: 'nosuch' }), Refused as never)
    await assert.rejects(() => grant(operator(), { user, permission: 'no.such' }), Refused as never)
    for (const nobody of [newUuid(), 'nobody@example.org', 'été', 'x'.repeat(190)])
      await assert.rejects(() => grant(operator(), { user: nobody, role: 'admin' }), NotFound as never)
  })

  test('a token for a closed account, for ever, for nothing, or for what does not exist', async ({ assert }) => {
    const { uuid: user } = await someone()
    const input = { user, abilities: ['*'], expires_in: 60 }
    for (const bad of [
      { expires_in: 0 },
      { expires_in: 400 * 86_400 },
      { abilities: [] },
      { abilities: ['patients.delete'] },
    ])
      await assert.rejects(() => makeToken(operator(), { ...input, ...bad }), Invalid as never)
    await disableUser(operator(), { user })
    await assert.rejects(() => makeToken(operator(), input), Refused as never)
    await assert.rejects(() => revokeToken(operator(), { id: newUuid() }), NotFound as never)
  })
})

test.group('The last administrator', () => {
  test('is not closed, and keeps the role and its permission', async ({ assert }) => {
    const admin = await someone('admin')
    await withOnlyAdministrators([admin], async () => {
      for (const attempt of [
        () => disableUser(operator(), { user: admin.uuid }),
        () => revoke(operator(), { user: admin.uuid, role: 'admin' }),
        () => revoke(operator(), { role: 'admin', permission: 'roles.manage' }),
      ]) {
        const caller = operator()
        await assert.rejects(attempt, LastAdministrator as never)
        assert.equal(await inTransaction(caller, ({ client }) => countAdministrators(client)), 1)
      }
    })
  })

  test('may go once there is another, by role or by a permission of their own', async ({ assert }) => {
    const [first, second] = [await someone('admin'), await someone()]
    await grant(operator(), { user: second.uuid, permission: 'roles.manage' })
    await withOnlyAdministrators([first, second], async () => {
      await disableUser(operator(), { user: first.uuid })
      await assert.rejects(
        () => revoke(operator(), { user: second.uuid, permission: 'roles.manage' }),
        LastAdministrator as never
      )
    })
  })

  test('remains when two close each other at the same moment', async ({ assert }) => {
    for (let round = 0; round < 5; round++) {
      const pair = [await someone('admin'), await someone('admin')]
      await withOnlyAdministrators(pair, async () => {
        const closed = await Promise.allSettled(pair.map(({ uuid }) => disableUser(operator(), { user: uuid })))
        assert.deepEqual(closed.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
      })
    }
  })
})

test.group('Users', () => {
  test('are made with a hashed password and the roles that are named', async ({ assert }) => {
    const caller = operator()
    const [email, password] = [anEmail(), 'correct horse battery']
    const user = await createUser(caller, {
      name: 'Awa Ba',
      email: email.toUpperCase(),
      password,
      roles: ['nurse', 'lab'],
    })
    const row = await db.from('users').where('id', user.id).firstOrFail()
    assert.deepInclude(row, { email, language: 'fr' })
    assert.match(row.password, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    assert.isTrue(await hash.verify(row.password, password))
    assert.deepEqual(await rolesOf(user), ['lab', 'nurse'])
    const [entry] = await auditOf(caller.requestId)
    assert.deepInclude(entry, { action: 'users.create', entity: 'user', entity_uuid: user.uuid })
    for (const secret of [password, email, row.password]) assert.notInclude(JSON.stringify(entry), secret)
  })

  test('without an address are known and can never sign in; there may be many', async ({ assert }) => {
    const users = [
      await createUser(operator(), { name: 'A' }),
      await createUser(operator(), { name: 'A', email: null }),
    ]
    for (const user of users)
      assert.deepInclude(await db.from('users').where('id', user.id).firstOrFail(), { email: null, password: null })
  })

  test('are closed once, and stay where charts and audit refer to them', async ({ assert }) => {
    const user = await someone('doctor')
    const value = await tokenOf(user)
    await disableUser(operator(), { user: user.email! })
    const { disabled_at } = await db.from('users').where('id', user.id).firstOrFail()
    await disableUser(operator(), { user: user.uuid })
    assert.equal((await db.from('users').where('id', user.id).firstOrFail()).disabled_at, disabled_at)
    assert.isString(value)
  })

  test('get a role once, though it is given twice', async ({ assert }) => {
    const user = await someone()
    const changed = []
    for (let n = 0; n < 2; n++) changed.push((await grant(operator(), { user: user.uuid, role: 'lab' })).changed)
    assert.deepEqual([changed, await rolesOf(user)], [[true, false], ['lab']])
    await Promise.all(Array.from({ length: 5 }, () => grant(operator(), { user: user.uuid, role: 'nurse' })))
    assert.deepEqual(await rolesOf(user), ['lab', 'nurse'])
    assert.isTrue((await revoke(operator(), { user: user.uuid, role: 'lab' })).changed)
    assert.isFalse((await revoke(operator(), { user: user.uuid, role: 'lab' })).changed)
  })

  test('are listed by name in pages, with their roles, and by role', async ({ assert }) => {
    const made = [await someone('lab', 'nurse'), await someone('lab'), await someone('nurse')]
    const all: User[] = []
    let cursor: string | undefined
    do {
      const page = await listUsers(operator(), { role: 'lab', limit: 2, ...(cursor && { cursor }) })
      all.push(...page.rows)
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    const uuids = all.map(({ uuid }) => uuid)
    assert.lengthOf([...new Set(uuids)], uuids.length)
    assert.includeMembers(uuids, [made[0]!.uuid, made[1]!.uuid])
    assert.notInclude(uuids, made[2]!.uuid)
    assert.deepEqual(all.find(({ uuid }) => uuid === made[0]!.uuid)!.roleNames, ['lab', 'nurse'])
  })

  test('make tokens for themselves, whose value is shown once', async ({ assert }) => {
    const user = await someone('nurse')
    const caller = callerOf(user)
    const { token, value } = await makeToken(caller, { user: user.uuid, abilities: ['patients.view'], expires_in: 60 })
    assert.match(value, /^oat_/)
    const [entry] = await auditOf(caller.requestId)
    assert.notInclude(JSON.stringify(entry), value.split('.')[1]!)
    await revokeToken(caller, { id: token.uuid })
    assert.isNotNull((await db.from('access_tokens').where('uuid', token.uuid).firstOrFail()).revoked_at)
  })
})

test.group('Nobody is deleted', () => {
  test('no source of the application deletes a user or a patient', ({ assert }) => {
    const folders = ['app', 'cli'].map((folder) => app.makePath(folder))
    const files = folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => `${folder}/${file}`)
    )
    const DELETES = [
      /from\(\s*['"](users|patients)['"]\s*\)[^;]{0,200}?\.(delete|del|truncate)\(/,
      /\b(User|Patient)\b[^;\n]{0,200}\.(delete|truncate)\(/,
      /\b(user|patient)\.delete\(/,
      /delete\s+from\s+[`"]?(users|patients)\b/i,
    ]
    const found = (source: string) => DELETES.some((pattern) => pattern.test(source))
    for (const planted of [
      `await db.from('users').where('id', 1).delete()`,
      'await user.delete()',
      'delete from patients',
    ])
      assert.isTrue(found(planted), planted)
    assert.isAbove(files.length, 100)
    assert.deepEqual(
      files.filter((file) => found(readFileSync(file, 'utf8'))),
      []
    )
  })
})
