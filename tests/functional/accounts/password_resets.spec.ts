import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { queueMail } from '#app/mails/queue_mail'
import { disableUser } from '#app/users/disable_user'
import env from '#start/env'
import { callerOf, sessionOf, someone } from '#tests/acting'
import { queriesOf } from '#tests/functional/queries'
import {
  anAccount,
  anAddress,
  ask,
  backToNow,
  codeOf,
  duringHash,
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
import { forgetTries } from '#tests/throttles/limits'

const HOUR = 3_600_000

test.group('A forgotten password', (group) => {
  group.each.teardown(backToNow)

  test('answers the same for every address: body, headers, mails, hashes; and the same number of queries', async ({
    client,
    assert,
  }) => {
    const [known, closed, invited] = [await anAccount('doctor'), await anAccount('doctor'), await someone('doctor')]
    await disableUser(callerOf(), { user: closed.uuid })
    const addresses = [known.email!, closed.email!, invited.email!, anAddress()]
    const [seen, queries] = [new Set<string>(), new Set<number>()]
    const request = (email: string) => ask(client, 'post', '/password-resets', { email: email.toUpperCase() })
    const hashes = await hashesOf(async () => {
      for (const email of addresses) {
        const asked = await queriesOf(async () => seen.add(seenIn(await request(email), email)))
        queries.add(asked.length)
      }
    })
    assert.equal(queries.size, 1)
    assert.equal(seen.size, 1)
    assert.include([...seen][0], '[202,')
    assert.equal(hashes, 0)
    const kinds = await Promise.all(addresses.map(kindsTo))
    assert.deepEqual(kinds, [['password_reset'], ['no_account'], ['no_account'], ['no_account']])
    const [mail] = await mailsTo(known.email!)
    assert.equal(mail!.user_id, known.id)
  })

  test('keeps no address in the audit, and tells there whose account was meant', async ({ client, assert }) => {
    const user = await anAccount('nurse')
    const entry = await entryOf(await ask(client, 'post', '/password-resets', { email: user.email }))
    assert.deepInclude(entry, { action: 'accounts.request_password_reset', entity_uuid: user.uuid })
    const nobody = await entryOf(await ask(client, 'post', '/password-resets', { email: anAddress() }))
    assert.deepInclude(nobody, { action: 'accounts.request_password_reset', entity_uuid: null })
    assert.notInclude(JSON.stringify([entry.details, nobody.details]), '@')
  })

  test('sets the new password once; the former one is over', async ({ client, assert }) => {
    const user = await anAccount('doctor')
    const body = { token: await linkTo('password_reset', user.email!, user), password: OTHER_PASSWORD }
    const answer = await ask(client, 'post', '/password-resets/completion', body)
    assert.equal(answer.status(), 200)
    assert.equal(answer.body().data.id, user.uuid)
    assert.isFalse(await signsIn(client, user.email!, PASSWORD))
    assert.isTrue(await signsIn(client, user.email!, OTHER_PASSWORD))
    assert.deepEqual(await kindsTo(user.email!), ['password_changed'])
    const again = await ask(client, 'post', '/password-resets/completion', { ...body, password: PASSWORD })
    assert.deepEqual(codeOf(again), [422, 'link_invalid'])
    assert.isTrue(await signsIn(client, user.email!, OTHER_PASSWORD))
    assert.deepInclude(await entryOf(answer), { action: 'accounts.reset_password', entity_uuid: user.uuid })
    const refused = await entryOf(again)
    assert.deepInclude(refused, { action: 'accounts.reset_password', outcome: 'refused' })
    assert.notInclude(JSON.stringify(refused), body.token)
  })

  test('signs nobody in, ends every session, and asks for the second factor as before', async ({ client, assert }) => {
    const user = await anAccount('doctor')
    const at = '2026-01-01 00:00:00.000'
    await db.table('passkeys').insert({
      ...{ uuid: crypto.randomUUID(), user_id: user.id, credential_hash: user.uuid, credential_id: 'x' },
      ...{ public_key: Buffer.from('x'), counter: 0, name: 'x', created_at: at, updated_at: at },
    })
    const session = await sessionOf(user)
    assert.equal((await ask(client, 'get', '/me', undefined, session)).status(), 200)
    const token = await linkTo('password_reset', user.email!, user)
    const answer = await ask(client, 'post', '/password-resets/completion', { token, password: OTHER_PASSWORD })
    assert.isUndefined(answer.headers()['set-cookie'])
    assert.deepEqual(codeOf(await ask(client, 'get', '/me', undefined, session)), [401, 'session_over'])
    const signedIn = await ask(client, 'post', '/session', { email: user.email, password: OTHER_PASSWORD })
    assert.equal(signedIn.body().data.state, 'second_factor')
    assert.lengthOf(await db.from('passkeys').where('user_id', user.id), 1)
  })

  test('ends a change of address that somebody else may have asked for, mailed or waiting', async ({
    client,
    assert,
  }) => {
    const [user, other] = [await anAccount('doctor'), await anAccount('doctor')]
    const change = await linkTo('email_change', anAddress(), user)
    const [waiting, ofOther] = [anAddress(), anAddress()]
    await db.transaction(async (trx) => {
      await queueMail({ kind: 'email_change', userId: user.id, recipient: waiting, language: 'fr' }, trx)
      await queueMail({ kind: 'email_change', userId: other.id, recipient: ofOther, language: 'fr' }, trx)
    })
    const token = await linkTo('password_reset', user.email!, user)
    await ask(client, 'post', '/password-resets/completion', { token, password: OTHER_PASSWORD })
    const late = await ask(client, 'post', '/email-changes/confirmation', { token: change })
    assert.deepEqual(codeOf(late), [422, 'link_invalid'])
    assert.deepEqual([await kindsTo(waiting), await kindsTo(ofOther)], [[], ['email_change']])
  })

  test('mails an address three times an hour, an account or none, and then says when to ask again', async ({
    client,
    assert,
  }) => {
    const former = env.get('MAIL_REQUESTS_PER_HOUR')
    await forgetTries()
    env.set('MAIL_REQUESTS_PER_HOUR', 3)
    try {
      const [known, unknown] = [(await anAccount('nurse')).email!, anAddress()]
      for (const email of [known, unknown]) {
        const request = () => ask(client, 'post', '/password-resets', { email })
        for (let n = 0; n < 3; n++) assert.equal((await request()).status(), 202)
        const refused = await request()
        assert.deepEqual(codeOf(refused), [429, 'too_many_tries'])
        assert.isAbove(Number(refused.headers()['retry-after']), 0)
        assert.lengthOf(await kindsTo(email), 3)
        const entry = await entryOf(refused)
        assert.deepInclude(entry, { action: 'accounts.request_password_reset', outcome: 'refused' })
      }
    } finally {
      env.set('MAIL_REQUESTS_PER_HOUR', former)
    }
  })

  test('of ten at once with one link, one sets its password', async ({ client, assert }) => {
    const user = await anAccount('nurse')
    const token = await linkTo('password_reset', user.email!, user)
    const before = await rowOf(user)
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        ask(client, 'post', '/password-resets/completion', { token, password: `${OTHER_PASSWORD} ${n}` })
      )
    )
    const statuses = answers.map((answer) => answer.status()).sort()
    assert.deepEqual(statuses, [200, ...Array.from({ length: 9 }, () => 422)])
    const set = answers.findIndex((answer) => answer.status() === 200)
    assert.isTrue(await signsIn(client, user.email!, `${OTHER_PASSWORD} ${set}`))
    assert.equal((await rowOf(user)).sign_in_epoch, before.sign_in_epoch + 1)
    assert.deepEqual(await kindsTo(user.email!), ['password_changed'])
  })

  test('takes the latest of two links only, and that for an hour', async ({ client, assert }) => {
    const user = await anAccount('nurse')
    const set = async (token: string) =>
      codeOf(await ask(client, 'post', '/password-resets/completion', { token, password: OTHER_PASSWORD }))
    const former = await linkTo('password_reset', user.email!, user)
    const latest = await linkTo('password_reset', user.email!, user)
    assert.deepEqual(await set(former), [422, 'link_invalid'])
    moveClock(HOUR)
    assert.deepEqual(await set(latest), [422, 'link_invalid'])
    moveClock(HOUR - 60_000)
    assert.equal((await set(latest))[0], 200)
  })

  test('refuses a link for something else, of a closed account, and to an address that is no more theirs', async ({
    client,
    assert,
  }) => {
    const refused = async (token: string) =>
      assert.deepEqual(
        codeOf(await ask(client, 'post', '/password-resets/completion', { token, password: OTHER_PASSWORD })),
        [422, 'link_invalid']
      )
    const user = await anAccount('nurse')
    await refused(await linkTo('invitation', user.email!, user))
    await refused(await linkTo('email_change', user.email!, user))
    await refused(await linkTo('password_reset', user.email!, null))
    await refused(await linkTo('password_reset', anAddress(), user))
    const token = await linkTo('password_reset', user.email!, user)
    await disableUser(callerOf(), { user: user.uuid })
    await refused(token)
    assert.isTrue((await rowOf(user)).password.startsWith('$argon2id$'))
  })

  test('refuses a link that ends, or whose account is closed, while the password is being hashed', async ({
    client,
    assert,
  }) => {
    const set = (token: string) =>
      ask(client, 'post', '/password-resets/completion', { token, password: OTHER_PASSWORD })
    const [user, closed, other] = [await anAccount('nurse'), await anAccount('nurse'), await anAccount('nurse')]
    const tokens = await Promise.all([user, closed, other].map((each) => linkTo('password_reset', each.email!, each)))
    const disable = () => disableUser(callerOf(), { user: closed.uuid })
    assert.deepEqual(codeOf(await duringHash(disable, () => set(tokens[1]!))), [422, 'link_invalid'])
    assert.equal(
      (
        await duringHash(
          () => {},
          () => set(tokens[2]!)
        )
      ).status(),
      200
    )
    const late = await duringHash(
      () => moveClock(HOUR),
      () => set(tokens[0]!)
    )
    assert.deepEqual(codeOf(late), [422, 'link_invalid'])
  })

  test('refuses a weak password, with the person’s own name among them, and keeps the link', async ({
    client,
    assert,
  }) => {
    const user = await anAccount('nurse')
    await db.from('users').where('id', user.id).update({ name: 'Zigzor Nifletteux' })
    const token = await linkTo('password_reset', user.email!, user)
    const set = (password: string) => ask(client, 'post', '/password-resets/completion', { token, password })
    for (const password of ['motdepasse2026', 'Zigzor Nifletteux', 'court'])
      assert.match(fieldsOf(await set(password))[0], /^\/password (weak_password|minLength)$/)
    assert.equal((await set('k7$Vé2'.repeat(42) + 'abcd')).status(), 200)
  })
})
