import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { disableUser } from '#app/users/disable_user'
import { grant } from '#app/users/change_grants'
import { beginSession, renewSession } from '#app/sessions/begin_session'
import { endSessionsOf } from '#app/sessions/end_sessions'
import SessionsProvider from '#app/sessions/sessions_provider'
import { sweepSessions, writeLastSeen } from '#app/sessions/verify_session'
import { browserWith, callerOf, sessionOf, someone, tokenOf } from '#tests/acting'
import { auditOf } from '#tests/functional/core/probe'
import { PATIENTS } from '#tests/functional/api_caller'
import { queriesOf } from '#tests/functional/queries'
import { somePatient } from '#tests/functional/patients/some_patient'
import { cookiesOf, PASSWORD, SESSION, signIn, somebody, standing, valueOf } from '#tests/functional/sessions/browser'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const operator = callerOf()

test.group('The life of a session', (group) => {
  group.each.teardown(() => moveClock(0))

  test('ends after half an hour in which nobody came', async ({ client, assert }) => {
    const value = await valueOf(client, await somebody('patient'))
    moveClock(29 * MINUTE)
    assert.equal(await standing(client, value), '200', 'one minute before')
    await writeLastSeen()
    moveClock(58 * MINUTE)
    assert.equal(await standing(client, value), '200', 'it was seen meanwhile')
    moveClock(59 * MINUTE)
    assert.equal(await standing(client, value), '401 session_over')
  })

  test('ends after twelve hours, however busy', async ({ client, assert }) => {
    const value = await valueOf(client, await somebody('patient'))
    for (let at = 0; at < 12 * HOUR; at += 25 * MINUTE) {
      moveClock(at)
      assert.equal(await standing(client, value), '200', `after ${at / MINUTE} minutes`)
      await writeLastSeen()
    }
    moveClock(12 * HOUR - MINUTE)
    assert.equal(await standing(client, value), '200', 'one minute before')
    await writeLastSeen()
    moveClock(12 * HOUR)
    assert.equal(await standing(client, value), '401 session_over')
  })

  test('ends on the next request after a new epoch, and so do all of the person’s', async ({ client, assert }) => {
    const [user, other] = [await somebody('patient'), await somebody('patient')]
    const values = [await valueOf(client, user), await valueOf(client, user)]
    const ofOther = await valueOf(client, other)
    for (const value of values) assert.equal(await standing(client, value), '200', 'control')
    await db.from('users').where('id', user.id).increment('sign_in_epoch', 1)
    for (const value of values) assert.equal(await standing(client, value), '401 session_over')
    assert.equal(await standing(client, ofOther), '200')
    assert.equal(await standing(client, await valueOf(client, user)), '200', 'whoever signs in anew')
  })

  test('ends when somebody else signs in with the same browser, and not when they fail', async ({ client, assert }) => {
    const [first, second] = [await somebody('patient'), await somebody('patient')]
    const value = await valueOf(client, first)
    const headers = browserWith(value)
    await signIn(client, second.email!, { headers, password: 'ce-n-est-pas-le-bon' })
    assert.equal(await standing(client, value), '200')
    const after = await signIn(client, second.email!, { headers })
    assert.deepEqual([await standing(client, value), await standing(client, after.value!)], ['401 session_over', '200'])
    const entries = (await auditOf(after.requestId)).map(({ action, user_id }) => [action, user_id])
    assert.sameDeepMembers(entries, [
      ['login_success', second.id],
      ['logout', first.id],
    ])
  })

  test('ends after a role was given', async ({ client, assert }) => {
    const user = await somebody('patient')
    const value = await valueOf(client, user)
    await grant(operator, { user: user.uuid, role: 'patient' })
    assert.equal(await standing(client, value), '200', 'control: they had it')
    await grant(operator, { user: user.uuid, role: 'nurse' })
    assert.equal(await standing(client, value), '401 session_over')
  })

  test('ends with the account', async ({ client, assert }) => {
    const user = await somebody('patient')
    const value = await valueOf(client, user)
    assert.equal(await standing(client, value), '200', 'control')
    await disableUser(operator, { user: user.uuid })
    assert.equal(await standing(client, value), '401 session_over')
    const { sign_in_epoch: epoch } = await db.from('users').where('id', user.id).firstOrFail()
    const again = { user: { id: user.id, signInEpoch: Number(epoch) }, withFactor: true }
    const { value: other } = await beginSession(again, operator, db.connection())
    assert.equal(await standing(client, other), '401 session_over', 'whatever the epoch')
  })

  test('a browser whose session is over keeps its cookie, as a newer one may have come meanwhile', async ({
    client,
    assert,
  }) => {
    const user = await somebody('patient')
    const value = await valueOf(client, user)
    const ask = () => client.get('/api/v1/me').header('cookie', `medinfo_dev=${value}`)
    assert.lengthOf(cookiesOf(await ask()), 0, 'control')
    await endSessionsOf(operator, { user: user.uuid })
    const answer = await ask()
    assert.equal(answer.body().code, 'session_over')
    assert.lengthOf(cookiesOf(answer), 0)
  })

  test('those that are over are forgotten, and no other', async ({ client, assert }) => {
    const [idle, old, live] = [await somebody('patient'), await somebody('patient'), await somebody('patient')]
    for (const user of [idle, old]) await valueOf(client, user)
    moveClock(11 * HOUR)
    await db.from('sessions').where('user_id', old.id).update({ last_seen_at: '2999-01-01 00:00:00.000' })
    const value = await valueOf(client, live)
    moveClock(11 * HOUR + 20 * MINUTE)
    const left = async () => {
      const rows = await db.from('sessions').whereIn('user_id', [idle.id, old.id, live.id])
      return rows.map(({ user_id: id }) => Number(id))
    }
    await sweepSessions()
    assert.sameMembers(await left(), [old.id, live.id])
    moveClock(12 * HOUR + 2 * MINUTE)
    await db.from('sessions').where('user_id', live.id).update({ last_seen_at: '2999-01-01 00:00:00.000' })
    await sweepSessions()
    assert.sameMembers(await left(), [live.id])
    assert.equal(await standing(client, value), '200')
  })
})

test.group('A server that ends', (group) => {
  group.each.teardown(() => moveClock(0))

  test('writes when its sessions were last seen, and forgets those that are over', async ({ client, assert }) => {
    const [live, over] = [await somebody('patient'), await somebody('patient')]
    await valueOf(client, over)
    moveClock(10 * MINUTE)
    const value = await valueOf(client, live)
    moveClock(35 * MINUTE)
    assert.equal(await standing(client, value), '200')
    const provider = new SessionsProvider(app)
    await provider.ready()
    await provider.shutdown()
    moveClock(60 * MINUTE)
    assert.equal(await standing(client, value), '200')
    assert.lengthOf(await db.from('sessions').where('user_id', over.id), 0)
  })
})

test.group('The value of a session', () => {
  test('that somebody chose beforehand is not taken over', async ({ client, assert }) => {
    const user = await somebody('patient')
    const chosen = 'a'.repeat(43)
    const answer = await signIn(client, user.email!, { headers: { cookie: `medinfo_dev=${chosen}` } })
    assert.equal(answer.status(), 201)
    assert.notEqual(answer.value, chosen)
    assert.equal(await standing(client, chosen), '401 session_over')
    assert.equal(await standing(client, answer.value!), '200', 'control')
  })

  test('of somebody else in this browser is not given to who signs in', async ({ client, assert }) => {
    const [attacker, victim] = [await somebody('patient'), await somebody('patient')]
    const known = await valueOf(client, attacker)
    const answer = await signIn(client, victim.email!, { headers: { cookie: `medinfo_dev=${known}` } })
    assert.notEqual(answer.value, known)
    assert.deepEqual(
      [await standing(client, known), await standing(client, answer.value!)],
      ['401 session_over', '200']
    )
  })

  test('is another once a factor is proven, and the former opens nothing', async ({ client, assert }) => {
    const user = await someone('doctor')
    const caller = callerOf(user)
    const former = await beginSession({ user, withFactor: false }, caller, db.connection())
    assert.equal(await standing(client, former.value), '200', 'control')
    const renewed = await renewSession(former.session, { factorAt: new Date() }, db.connection())
    assert.notEqual(renewed.value, former.value)
    assert.equal(await standing(client, former.value), '401 session_over')
    const seen = await client.get(SESSION).header('cookie', `medinfo_dev=${renewed.value}`)
    assert.deepInclude(seen.body().data, { id: former.session.uuid, state: 'complete' })
  })

  test('is another once the password is changed, here, and everywhere else the session is over', async ({
    client,
    assert,
  }) => {
    const user = await somebody('patient')
    const [former, elsewhere] = [await valueOf(client, user), await valueOf(client, user)]
    const change = async (current: string) => {
      const request = client.put('/api/v1/me/password')
      for (const [name, each] of Object.entries(browserWith(former))) request.header(name, each)
      return request.json({ current_password: current, password: 'quatre-hérons-dans-le-brouillard' })
    }
    assert.isAbove((await change('ce-n-est-pas-le-bon')).status(), 399)
    assert.equal(await standing(client, former), '200', 'control')
    const changed = await change(PASSWORD)
    assert.equal(changed.status(), 200, changed.text())
    const [, value] = /^medinfo_dev=([^;]*)/.exec(cookiesOf(changed)[0]!)!
    for (const over of [former, elsewhere]) assert.equal(await standing(client, over), '401 session_over')
    assert.equal(await standing(client, value!), '200')
  })

  test('is nowhere in the database: a stolen table opens nothing', async ({ client, assert }) => {
    const value = await valueOf(client, await somebody('patient'))
    assert.equal(await standing(client, value), '200', 'control')
    const rows: Record<string, unknown>[] = await db.from('sessions').orderBy('id', 'desc').limit(20)
    assert.isNotEmpty(rows)
    for (const row of rows)
      for (const column of Object.values(row).filter((each) => each !== null)) {
        const text = String(column)
        const asBytes = /^[0-9a-f]{64}$/.test(text) ? Buffer.from(text, 'hex').toString('base64url') : text
        for (const guess of [text, asBytes]) {
          assert.notEqual(guess, value)
          assert.include(['401 session_over', '401 unauthenticated'], await standing(client, encodeURIComponent(guess)))
        }
      }
  })
})

test.group('What a session costs', (group) => {
  group.each.teardown(() => moveClock(0))

  const writesOf = async (work: () => Promise<unknown>) => {
    const queries = await queriesOf(work)
    return queries.map(({ sql }) => sql.replaceAll(/[`"]/g, '')).filter((sql) => !/^(select|begin|commit)/i.test(sql))
  }

  test('a read by session asks twice for it and writes nothing but its audit', async ({ client, assert }) => {
    const { uuid } = await somePatient()
    const headers = await sessionOf(await someone('admin'))
    const ask = async () => {
      const request = client.get(`${PATIENTS}/${uuid}`)
      for (const [name, value] of Object.entries(headers)) request.header(name, value)
      return request
    }
    await ask()
    const queries = await queriesOf(ask)
    const shapes = queries.map(({ sql }) => sql.replaceAll(/[`"]/g, '').slice(0, 60))
    assert.lengthOf(queries, 4, `session, user, patient, audit; was ${JSON.stringify(shapes)}`)
    const written = await writesOf(ask)
    assert.lengthOf(written, 1)
    assert.match(written[0]!, /^insert into audit_logs/)
  })

  test('when it was last seen is written once a minute at most, for many sessions at once', async ({
    client,
    assert,
  }) => {
    const values = [await valueOf(client, await somebody('patient')), await valueOf(client, await somebody('patient'))]
    const visit = async () => {
      for (const value of values) assert.equal(await standing(client, value), '200')
    }
    await writeLastSeen()
    moveClock(30_000)
    await visit()
    assert.lengthOf(await writesOf(writeLastSeen), 0)
    moveClock(90_000)
    await visit()
    await visit()
    const written = await writesOf(writeLastSeen)
    assert.lengthOf(written, 1)
    assert.match(written[0]!, /^update sessions/)
    await visit()
    assert.lengthOf(await writesOf(writeLastSeen), 0)
  })

  test('a token asks for none, and no cookie is set', async ({ client, assert }) => {
    const token = await tokenOf(await someone('admin'))
    const ask = async () => client.get(PATIENTS).bearerToken(token)
    const queries = await queriesOf(ask)
    assert.lengthOf(
      queries.filter(({ sql }) => /\bsessions\b/.test(sql)),
      0
    )
    assert.lengthOf(cookiesOf(await ask()), 0)
  })
})
