import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { newUuid } from '#app/core/ids'
import { someone } from '#tests/acting'
import { exitOf, jsonOf, medinfo, medinfoJson } from '#tests/functional/cli/medinfo'

const anEmail = () => `${newUuid()}@example.org`

async function disabledAt(id: string): Promise<string | null> {
  const row = await db.from('users').where('uuid', id).first()
  return row.disabled_at
}

async function aUser(...roles: string[]) {
  const email = anEmail()
  const flags = roles.flatMap((role) => ['--role', role])
  const { json } = await medinfoJson('user', 'create', '--name', 'Awa Diop', '--email', email, ...flags)
  return { email, ...(json as { id: string; password: string }) }
}

test.group('People on the command line', (group) => {
  group.setup(async () => {
    await someone('admin')
  })

  test('refuses an e-mail that somebody has, with exit code 1', async ({ assert }) => {
    const { email } = await aUser()
    const { code, json } = await medinfoJson('user', 'create', '--name', 'Other', '--email', email)
    assert.equal(code, 1)
    assert.equal(json.error.code, 'email_taken')
  })

  test('names each field that is wrong, on the error output', async ({ assert }) => {
    const { code, out, err } = await medinfo('user', 'create', '--name', 'Awa', '--email', 'no-address')
    assert.equal(code, 1)
    assert.equal(out, '')
    assert.match(err, /^ {2}email : ./m)
    assert.notMatch(err, /\n\s+at /)
  })

  test('refuses an unknown role and makes nobody', async ({ assert }) => {
    const email = anEmail()
    const { code, json } = await medinfoJson('user', 'create', '--name', 'Awa', '--email', email, '--role', 'wizard')
    assert.equal(code, 1)
    assert.equal(json.error.code, 'unknown_role')
    assert.isNull(await db.from('users').where('email', email).first())
  })

  test('a rehearsal makes nobody, shows no password, and still refuses what would be refused', async ({ assert }) => {
    const email = anEmail()
    const tried = await medinfoJson('user', 'create', '--name', 'Awa', '--email', email, '--dry-run')
    assert.equal(tried.code, 0)
    assert.deepInclude(tried.json, { dry_run: true, password: null })
    assert.isNull(await db.from('users').where('email', email).first())
    const { email: taken } = await aUser()
    assert.equal(await exitOf('user', 'create', '--name', 'Awa', '--email', taken, '--dry-run'), 1)
  })

  test('gives who has an address a password that is kept as a hash only', async ({ assert }) => {
    const { email, password } = await aUser('doctor')
    assert.isAtLeast(password.length, 20)
    const row = await db.from('users').where('email', email).first()
    assert.match(row.password, /^\$argon2id\$/)
    assert.notInclude(JSON.stringify(row), password)
  })

  test('gives no password to who has no address, or where none is wanted', async ({ assert }) => {
    const { json } = await medinfoJson('user', 'create', '--name', 'Dr Legacy')
    assert.isNull(json.password)
    const email = anEmail()
    await medinfo('user', 'create', '--name', 'Awa', '--email', email, '--no-password')
    const { password } = await db.from('users').where('email', email).first()
    assert.isNull(password)
  })

  test('lists who has a role, page by page', async ({ assert }) => {
    const [one, other] = [await aUser('lab'), await aUser('lab')]
    const ids = [one.id, other.id]
    const first = await medinfoJson('user', 'list', '--role', 'lab', '--limit', '1')
    assert.lengthOf(first.json.data, 1)
    const seen = [...first.json.data]
    for (let cursor = first.json.meta.next_cursor; cursor;) {
      const next = await medinfoJson('user', 'list', '--role', 'lab', '--limit', '1', '--cursor', cursor)
      seen.push(...next.json.data)
      cursor = next.json.meta.next_cursor
    }
    assert.includeMembers(
      seen.map(({ id }) => id),
      ids
    )
    assert.isTrue(seen.every(({ roles }) => roles.includes('lab')))
    assert.equal(new Set(seen.map(({ id }) => id)).size, seen.length)
  })

  test('lists people as a table for people', async ({ assert }) => {
    const { id, email } = await aUser('reception')
    const { out } = await medinfo('user', 'list', '--role', 'reception', '--limit', '100')
    const line = out.split('\n').find((one) => one.startsWith(id))
    assert.include(line, email)
    assert.include(line, 'reception')
  })

  test('closes an account, and not in a rehearsal', async ({ assert }) => {
    const { email, id } = await aUser()
    await medinfo('user', 'disable', '--user', email, '--dry-run')
    assert.isNull(await disabledAt(id))
    assert.equal(await exitOf('user', 'disable', '--user', email), 0)
    assert.isNotNull(await disabledAt(id))
  })

  test('what the operator does is in the audit as theirs', async ({ assert }) => {
    const { id } = await aUser()
    const entry = await db.from('audit_logs').where({ entity_uuid: id, action: 'users.create' }).first()
    assert.equal(entry.role, 'operator')
    assert.equal(JSON.parse(entry.details).via, 'cli')
  })
})

test.group('Roles on the command line', (group) => {
  group.setup(async () => {
    await someone('admin')
  })

  test('wants two of role, user and permission', async ({ assert }) => {
    const { code, json } = await medinfoJson('role', 'grant', '--role', 'nurse')
    assert.equal(code, 1)
    assert.equal(json.error.code, 'grant_needs_two')
  })

  test('gives a role once and takes it back once', async ({ assert }) => {
    const { email } = await aUser()
    const pair = ['--role', 'nurse', '--user', email]
    const changes = []
    for (const verb of ['grant', 'grant', 'revoke', 'revoke']) changes.push(await jsonOf('role', verb, ...pair))
    assert.deepEqual(
      changes.map(({ changed }) => changed),
      [true, false, true, false]
    )
  })

  test('a rehearsal gives nothing', async ({ assert }) => {
    const { email, id } = await aUser()
    const { json } = await medinfoJson('role', 'grant', '--role', 'nurse', '--user', email, '--dry-run')
    assert.deepEqual(json, { changed: true, dry_run: true })
    const given = await db.from('user_roles as ur').join('users as u', 'u.id', 'ur.user_id').where('u.uuid', id)
    assert.lengthOf(given, 0)
  })

  test('lists every role with its permissions and its people', async ({ assert }) => {
    const lab = async () => {
      const { data } = await jsonOf('role', 'list')
      return data.find(({ name }: { name: string }) => name === 'lab')
    }
    const before = await lab()
    await aUser('lab')
    const after = await lab()
    assert.includeMembers(after.permissions, ['patients.find', 'lab_results.enter'])
    assert.notInclude(after.permissions, 'charts.view')
    assert.equal(after.users, before.users + 1)
  })
})

test.group('Tokens on the command line', () => {
  test('refuses a life that is no duration as wrong usage, and a permission that does not exist', async ({
    assert,
  }) => {
    const { email } = await aUser()
    assert.equal(await exitOf('token', 'create', '--user', email, '--expires', 'soon'), 2)
    const { code, json } = await medinfoJson('token', 'create', '--user', email, '--abilities', 'patients.fnid')
    assert.equal(code, 1)
    assert.equal(json.error.errors[0].pointer, '/abilities/0')
  })

  test('a rehearsal shows no token and leaves none', async ({ assert }) => {
    const { email } = await aUser()
    const { json } = await medinfoJson('token', 'create', '--user', email, '--dry-run')
    assert.isNull(json.token)
    assert.isNull(await db.from('access_tokens').where('uuid', json.id).first())
  })

  test('a token opens the API with the abilities that it was given, until it is revoked', async ({
    assert,
    client,
  }) => {
    const { email } = await aUser('reception')
    const patient = { family_name: 'Diallo', given_name: 'Awa', sex: 'female', dob: '1988-04-02' }
    const ask = async (token: string) => {
      const answer = await client.post('/api/v1/patients').bearerToken(token).json(patient)
      return answer.status()
    }
    const narrow = await medinfoJson(
      'token',
      'create',
      '--user',
      email,
      '--abilities',
      'patients.find',
      '--expires',
      '24h'
    )
    assert.equal(await ask(narrow.json.token), 403)
    const wide = await medinfoJson('token', 'create', '--user', email, '--abilities', 'patients.find,patients.register')
    assert.equal(await ask(wide.json.token), 201)
    await medinfo('token', 'revoke', '--id', wide.json.id, '--dry-run')
    assert.equal(await ask(wide.json.token), 201)
    assert.equal(await exitOf('token', 'revoke', '--id', wide.json.id), 0)
    assert.equal(await ask(wide.json.token), 401)
  })

  test('lives as long as was asked', async ({ assert }) => {
    const { email } = await aUser()
    const { json } = await medinfoJson('token', 'create', '--user', email, '--expires', '24h')
    const row = await db.from('access_tokens').where('uuid', json.id).first()
    assert.equal(Date.parse(`${row.expires_at}Z`) - Date.parse(`${row.created_at}Z`), 86_400_000)
  })
})
