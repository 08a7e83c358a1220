import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { requestEmailChange } from '#app/accounts/change_email'
import { moveClock } from '#app/core/clock'
import { resetFactors } from '#app/factors/reset_factors'
import { beginSession } from '#app/sessions/begin_session'
import { endSessionsOf } from '#app/sessions/end_sessions'
import { verifySession } from '#app/sessions/verify_session'
import { disableUser, reinstateUser } from '#app/users/disable_user'
import env from '#start/env'
import { browserWith, callerOf, sessionOf, tokenOf } from '#tests/acting'
import {
  anAccount,
  anAddress,
  ask,
  backToNow,
  codeOf,
  cookieOf,
  entryOf,
  fieldsOf,
  hashesOf,
  kindsTo,
  linkTo,
  mailsTo,
  OTHER_PASSWORD,
  PASSWORD,
  rowOf,
  seenIn,
  signsIn,
} from '#tests/functional/accounts/some_account'

const change = { current_password: PASSWORD, password: OTHER_PASSWORD }
const HOUR = 3_600_000

test.group('The own password', () => {
  test('is not changed without the current one, nor into a weak one, nor by a token', async ({ client, assert }) => {
    const user = await anAccount('doctor')
    const session = await sessionOf(user)
    const put = (body: object, headers = session) => ask(client, 'put', '/me/password', body, headers)
    const wrong = await put({ ...change, current_password: OTHER_PASSWORD })
    assert.deepEqual(codeOf(wrong), [422, 'current_password_wrong'])
    assert.deepEqual(fieldsOf(wrong), ['/current_password current_password_wrong'])
    for (const password of ['motdepasse2026', user.email!, 'azertyuiopqs'])
      assert.deepEqual(fieldsOf(await put({ ...change, password })), ['/password weak_password'])
    const bearer = { authorization: `Bearer ${await tokenOf(user)}` }
    assert.deepEqual(codeOf(await put(change, bearer)), [403, 'session_required'])
    assert.isTrue(await signsIn(client, user.email!, PASSWORD))
    const { details, ...entry } = await entryOf(wrong)
    assert.deepInclude(entry, { action: 'accounts.change_password', outcome: 'refused', entity_uuid: user.uuid })
    assert.notInclude(String(details), OTHER_PASSWORD)
  })

  test('is changed; this browser goes on under a new cookie, and every other one is signed out', async ({
    client,
    assert,
  }) => {
    const user = await anAccount('doctor')
    const [own, other] = [await sessionOf(user), await sessionOf(user)]
    const reset = await linkTo('password_reset', user.email!, user)
    const answer = await ask(client, 'put', '/me/password', change, own)
    assert.equal(answer.status(), 200, answer.text())
    const value = cookieOf(answer)
    assert.notInclude(own.cookie, value)
    assert.equal(answer.body().data.csrf_token, browserWith(value)['x-csrf-token'])
    const isIn = async (headers: Record<string, string>) =>
      (await ask(client, 'get', '/me', undefined, headers)).status() === 200
    assert.deepEqual([await isIn(own), await isIn(other), await isIn(browserWith(value))], [false, false, true])
    assert.isFalse(await signsIn(client, user.email!, PASSWORD))
    assert.isTrue(await signsIn(client, user.email!, OTHER_PASSWORD))
    assert.deepEqual(await kindsTo(user.email!), ['password_changed'])
    const late = await ask(client, 'post', '/password-resets/completion', { token: reset, password: PASSWORD })
    assert.deepEqual(codeOf(late), [422, 'link_invalid'])
    const entry = await entryOf(answer)
    assert.deepInclude(entry, { action: 'accounts.change_password', user_id: user.id, outcome: 'done' })
  })

  test('is the same however its accents are typed', async ({ client, assert }) => {
    const user = await anAccount('doctor')
    const [composed, apart] = ['éléphant à vélo rose', 'éléphant à vélo rose'.normalize('NFD')]
    assert.notEqual(composed, apart)
    await ask(client, 'put', '/me/password', { ...change, password: apart }, await sessionOf(user))
    assert.isTrue(await signsIn(client, user.email!, composed))
    assert.isTrue(await signsIn(client, user.email!, apart))
    assert.isFalse(await signsIn(client, user.email!, 'elephant a velo rose'))
  })

  test('is tried so many times and no more, each refused try without a hash', async ({ client, assert }) => {
    const former = env.get('SIGN_IN_TRIES_PER_ACCOUNT')
    env.set('SIGN_IN_TRIES_PER_ACCOUNT', 6)
    try {
      const session = await sessionOf(await anAccount('doctor'))
      const wrong = { ...change, current_password: OTHER_PASSWORD }
      const put = () => ask(client, 'put', '/me/password', wrong, session)
      for (let n = 0; n < 3; n++) assert.equal((await put()).body().code, 'current_password_wrong')
      const hashes = await hashesOf(async () => assert.equal((await put()).body().code, 'too_many_tries'))
      assert.equal(hashes, 0)
    } finally {
      env.set('SIGN_IN_TRIES_PER_ACCOUNT', former)
    }
  })

  test('of five changes at once, one counts', async ({ client, assert }) => {
    const user = await anAccount('nurse')
    const session = await sessionOf(user)
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, n) =>
        ask(client, 'put', '/me/password', { ...change, password: `${OTHER_PASSWORD} ${n}` }, session)
      )
    )
    const done = answers.flatMap((answer, n) => (answer.status() === 200 ? [n] : []))
    assert.lengthOf(done, 1)
    assert.isTrue(await signsIn(client, user.email!, `${OTHER_PASSWORD} ${done[0]}`))
    for (const answer of answers) assert.include([200, 401, 422], answer.status())
    assert.deepEqual(await kindsTo(user.email!), ['password_changed'])
  })
})

test.group('The own name and language', () => {
  test('are changed, each alone, and neither is emptied', async ({ client, assert }) => {
    const user = await anAccount('doctor')
    const session = await sessionOf(user)
    const patch = (body: object) => ask(client, 'patch', '/me', body, session)
    const named = await patch({ name: 'Awa Ndiaye' })
    assert.deepInclude(named.body().data, { id: user.uuid, name: 'Awa Ndiaye', language: 'fr', roles: ['doctor'] })
    assert.deepInclude((await patch({ language: 'en' })).body().data, { name: 'Awa Ndiaye', language: 'en' })
    for (const body of [{ name: '' }, { name: null }, { language: null }, { language: 'de' }, { email: anAddress() }])
      assert.deepEqual(codeOf(await patch(body)), [422, 'invalid'])
    assert.deepInclude(await rowOf(user), { name: 'Awa Ndiaye', language: 'en' })
    const entry = await entryOf(named)
    assert.deepInclude(entry, { action: 'users.change_profile', entity_uuid: user.uuid })
    assert.deepEqual(JSON.parse(entry.details).fields, ['name'])
    assert.notInclude(entry.details, 'Awa')
  })

  test('end no session, and take no token', async ({ client, assert }) => {
    const user = await anAccount('doctor')
    const [session, bearer] = [await sessionOf(user), { authorization: `Bearer ${await tokenOf(user)}` }]
    await ask(client, 'patch', '/me', { name: 'Awa Ndiaye' }, session)
    assert.equal((await ask(client, 'get', '/me', undefined, session)).status(), 200)
    assert.deepEqual(codeOf(await ask(client, 'patch', '/me', { name: 'Other' }, bearer)), [403, 'session_required'])
  })
})

test.group('The own address', (group) => {
  group.each.teardown(backToNow)

  test('asks for a proof of the last five minutes', async ({ client, assert }) => {
    const user = await anAccount('doctor')
    const { value } = await beginSession({ user, withFactor: true }, callerOf(user), db.connection())
    const post = () => ask(client, 'post', '/me/email', { email: anAddress() }, browserWith(value))
    moveClock(4 * 60_000)
    assert.equal((await post()).status(), 202)
    moveClock(6 * 60_000)
    assert.deepEqual(codeOf(await post()), [403, 'step_up_required'])
  })

  test('answers the same for one that is taken, and mails whoever has it', async ({ client, assert }) => {
    const [user, holder] = [await anAccount('doctor'), await anAccount('nurse')]
    const session = await sessionOf(user)
    const [free, taken] = [anAddress(), holder.email!]
    const [seen, mails]: [string[], unknown[]] = [[], []]
    const hashes = await hashesOf(async () => {
      for (const email of [free, taken]) {
        seen.push(seenIn(await ask(client, 'post', '/me/email', { email }, session), email))
        mails.push(...(await mailsTo(email)))
      }
    })
    assert.equal(seen[0], seen[1])
    assert.equal(hashes, 0)
    assert.deepEqual(mails, [
      { kind: 'email_change', user_id: user.id, language: 'fr' },
      { kind: 'already_registered', user_id: holder.id, language: 'fr' },
    ])
    assert.equal((await rowOf(user)).email, user.email)
  })

  test('is the new one once its link is followed, which tells the former one and ends its links and all sessions', async ({
    client,
    assert,
  }) => {
    const user = await anAccount('doctor')
    const [former, email] = [user.email!, anAddress()]
    const session = await sessionOf(user)
    const reset = await linkTo('password_reset', former, user)
    const token = await linkTo('email_change', email, user)
    const answer = await ask(client, 'post', '/email-changes/confirmation', { token })
    assert.equal(answer.status(), 200)
    const row = await rowOf(user)
    assert.equal(row.email, email)
    assert.isNotNull(row.email_verified_at)
    assert.deepEqual(await kindsTo(former), ['email_changed'])
    assert.deepEqual(await kindsTo(email), [])
    assert.deepEqual(codeOf(await ask(client, 'get', '/me', undefined, session)), [401, 'session_over'])
    const late = await ask(client, 'post', '/password-resets/completion', { token: reset, password: OTHER_PASSWORD })
    assert.deepEqual(codeOf(late), [422, 'link_invalid'])
    assert.lengthOf(await db.from('account_links').where('user_id', user.id).whereNull('used_at'), 0)
    assert.deepEqual([await signsIn(client, former, PASSWORD), await signsIn(client, email, PASSWORD)], [false, true])
    assert.deepEqual(codeOf(await ask(client, 'post', '/email-changes/confirmation', { token })), [422, 'link_invalid'])
    const entry = await entryOf(answer)
    assert.deepInclude(entry, { action: 'accounts.confirm_email', entity_uuid: user.uuid })
    assert.notInclude(JSON.stringify(entry), '@')
  })

  test('is refused by a link that is old, for something else, of a closed account, or taken meanwhile', async ({
    client,
    assert,
  }) => {
    const confirm = async (token: string) => codeOf(await ask(client, 'post', '/email-changes/confirmation', { token }))
    const user = await anAccount('doctor')
    for (const purpose of ['password_reset', 'invitation', 'registration'] as const)
      assert.deepEqual(await confirm(await linkTo(purpose, anAddress(), user)), [422, 'link_invalid'])
    const { email: taken } = await anAccount()
    assert.deepEqual(await confirm(await linkTo('email_change', taken!, user)), [409, 'email_taken'])
    const [early, late] = [
      await linkTo('email_change', anAddress(), user),
      await linkTo('email_change', anAddress(), user),
    ]
    moveClock(24 * HOUR)
    assert.deepEqual(await confirm(late), [422, 'link_invalid'])
    moveClock(24 * HOUR - 60_000)
    assert.equal((await confirm(early))[0], 200)
    const closed = await anAccount('doctor')
    const token = await linkTo('email_change', anAddress(), closed)
    await db.from('users').where('id', closed.id).update({ disabled_at: '2026-01-01 00:00:00.000' })
    assert.deepEqual(await confirm(token), [422, 'link_invalid'])
  })

  test('is the one asked for last', async ({ client, assert }) => {
    const user = await anAccount('doctor')
    const [session, mailed, asked] = [await sessionOf(user), anAddress(), anAddress()]
    const former = await linkTo('email_change', anAddress(), user)
    for (const email of [mailed, asked])
      assert.equal((await ask(client, 'post', '/me/email', { email }, session)).status(), 202)
    assert.deepEqual([await kindsTo(mailed), await kindsTo(asked)], [[], ['email_change']])
    const late = await ask(client, 'post', '/email-changes/confirmation', { token: former })
    assert.deepEqual(codeOf(late), [422, 'link_invalid'])
  })

  test('is dropped by whoever ends the person’s sessions, resets their factors or closes the account', async ({
    client,
    assert,
  }) => {
    const acts: Record<string, (who: { user: string }) => Promise<unknown>> = {
      ended: (who) => endSessionsOf(callerOf(), who),
      reset: (who) => resetFactors(callerOf(), who),
      closed: async (who) => {
        await disableUser(callerOf(), who)
        await reinstateUser(callerOf(), who)
      },
    }
    for (const [how, act] of Object.entries(acts)) {
      const user = await anAccount('doctor')
      const token = await linkTo('email_change', anAddress(), user)
      await act({ user: user.uuid })
      const late = await ask(client, 'post', '/email-changes/confirmation', { token })
      assert.deepEqual(codeOf(late), [422, 'link_invalid'], how)
    }
  })

  test('is not asked for by a session that ended while the request was under way', async ({ assert }) => {
    const user = await anAccount('doctor')
    const email = anAddress()
    const { cookie } = await sessionOf(user)
    const signedIn = await verifySession(cookie!.slice(cookie!.indexOf('=') + 1))
    await endSessionsOf(callerOf(), { user: user.uuid })
    const caller = { ...callerOf(signedIn!.user), via: 'api' as const }
    await assert.rejects(() => requestEmailChange(caller, { email }), 'session_over')
    assert.deepEqual(await kindsTo(email), [])
  })
})
