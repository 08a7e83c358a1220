import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { registerPatient } from '#app/patients/register_patient'
import { callerOf } from '#tests/acting'
import {
  anAccount,
  anAddress,
  ask,
  backToNow,
  codeOf,
  entryOf,
  fieldsOf,
  hashesOf,
  kindsTo,
  linkTo,
  mailsTo,
  OTHER_PASSWORD,
  rowOf,
  seenIn,
  signsIn,
  userAt,
  withRegistration,
} from '#tests/functional/accounts/some_account'

const HOUR = 3_600_000
const completion = (token: string) => ({ token, name: 'Fatou Sarr', password: OTHER_PASSWORD })

test.group('Registration', (group) => {
  group.each.teardown(backToNow)

  test('is refused unless the installation is open, and no mail goes out', async ({ client, assert }) => {
    for (const mode of ['invitation', 'closed', undefined] as const)
      await withRegistration(mode, async () => {
        const email = anAddress()
        const answer = await ask(client, 'post', '/registrations', { email })
        assert.deepEqual(codeOf(answer), [403, 'registration_closed'], mode)
        assert.deepEqual(await kindsTo(email), [])
        const late = await ask(
          client,
          'post',
          '/registrations/completion',
          completion(await linkTo('registration', email))
        )
        assert.deepEqual(codeOf(late), [403, 'registration_closed'], mode)
        assert.isNull(await userAt(email))
      })
  })

  test('answers the same to whoever has an account and whoever has none: body, headers, mails, hashes', async ({
    client,
    assert,
  }) => {
    await withRegistration('open', async () => {
      const [known, unknown] = [(await anAccount('doctor')).email!, anAddress()]
      const seen: Record<string, string> = {}
      const hashes = await hashesOf(async () => {
        for (const email of [known, unknown])
          seen[email] = seenIn(await ask(client, 'post', '/registrations', { email, language: 'en' }), email)
      })
      assert.equal(seen[known], seen[unknown])
      assert.include(seen[known], '[202,')
      assert.equal(hashes, 0)
      assert.deepEqual(await kindsTo(known), ['already_registered'])
      assert.deepEqual(await mailsTo(unknown), [{ kind: 'registration', user_id: null, language: 'en' }])
      assert.isNull(await userAt(unknown))
      // The control: what is compared does tell answers apart.
      const other = await ask(client, 'post', '/registrations', { email: 'no address' })
      assert.notEqual(seenIn(other, known), seen[known])
    })
  })

  test('mails whoever is not known in the language of the page, unless one is said', async ({ client, assert }) => {
    await withRegistration('open', async () => {
      for (const [page, said, mailed] of [
        ['en', undefined, 'en'],
        ['fr', undefined, 'fr'],
        ['en', 'fr', 'fr'],
      ] as const)
        for (const path of ['/registrations', '/password-resets']) {
          const email = anAddress()
          await ask(client, 'post', path, { email, language: said }, { 'accept-language': page })
          assert.equal((await mailsTo(email))[0]!.language, mailed, `${path} ${page} ${said}`)
        }
    })
  })

  test('makes a patient with a proven address, who has no chart and signs in', async ({ client, assert }) => {
    await withRegistration('open', async () => {
      const email = anAddress()
      const answer = await ask(
        client,
        'post',
        '/registrations/completion',
        completion(await linkTo('registration', email))
      )
      assert.equal(answer.status(), 201)
      const user = (await userAt(email))!
      assert.deepInclude(answer.body().data, { id: user.uuid, name: 'Fatou Sarr', email, roles: ['patient'] })
      const row = await rowOf(user)
      assert.isNotNull(row.email_verified_at)
      assert.match(row.password, /^\$argon2id\$/)
      assert.isNull(await db.from('patients').where('user_id', user.id).first())
      assert.isTrue(await signsIn(client, email, OTHER_PASSWORD))
      const entry = await entryOf(answer)
      assert.deepInclude(entry, { action: 'accounts.complete_registration', entity_uuid: user.uuid, outcome: 'done' })
    })
  })

  test('links no chart to whoever has the e-mail address of a patient', async ({ client, assert }) => {
    await withRegistration('open', async () => {
      const reception = await anAccount('reception')
      const email = anAddress()
      const patient = { family_name: 'Sarr', given_name: 'Fatou', sex: 'female', dob: '1990-05-06', email }
      const { uuid } = await registerPatient(callerOf(reception), patient)
      await ask(client, 'post', '/registrations/completion', completion(await linkTo('registration', email)))
      assert.exists(await userAt(email))
      const row = await db.from('patients').where('uuid', uuid).firstOrFail()
      assert.isNull(row.user_id)
    })
  })

  test('refuses a link that is used, unknown, of another purpose or a day old', async ({ client, assert }) => {
    await withRegistration('open', async () => {
      const complete = async (token: string) =>
        codeOf(await ask(client, 'post', '/registrations/completion', completion(token)))
      const used = await linkTo('registration', anAddress())
      assert.equal((await complete(used))[0], 201)
      for (const token of [used, 'x'.repeat(43), 'été', await linkTo('password_reset', anAddress())])
        assert.deepEqual(await complete(token), [422, 'link_invalid'])
      const [early, late] = [await linkTo('registration', anAddress()), await linkTo('registration', anAddress())]
      moveClock(24 * HOUR - 60_000)
      assert.equal((await complete(early))[0], 201)
      moveClock(24 * HOUR)
      assert.deepEqual(await complete(late), [422, 'link_invalid'])
    })
  })

  test('refuses a bad link before it hashes anything', async ({ client, assert }) => {
    await withRegistration('open', async () => {
      const hashed = (token: string) =>
        hashesOf(() => ask(client, 'post', '/registrations/completion', completion(token)))
      assert.equal(await hashed('x'.repeat(43)), 0)
      assert.equal(await hashed(await linkTo('registration', anAddress())), 1)
    })
  })

  test('keeps a link whose password was refused, and takes it with a better one', async ({ client, assert }) => {
    await withRegistration('open', async () => {
      const email = anAddress()
      const token = await linkTo('registration', email)
      for (const password of ['azerty123456', 'Fatou Sarr 12', email])
        assert.deepEqual(
          fieldsOf(await ask(client, 'post', '/registrations/completion', { ...completion(token), password })),
          ['/password weak_password'],
          password
        )
      assert.isNull(await userAt(email))
      const answer = await ask(client, 'post', '/registrations/completion', completion(token))
      assert.equal(answer.status(), 201)
    })
  })

  test('says in French, and in English, why a password is weak', async ({ client, assert }) => {
    await withRegistration('open', async () => {
      const body = { ...completion(await linkTo('registration', anAddress())), password: 'azerty123456' }
      const detailIn = async (language: string) => {
        const answer = await ask(client, 'post', '/registrations/completion', body, { 'accept-language': language })
        return answer.body().errors[0].detail
      }
      assert.match(await detailIn('fr'), /vite deviné : il ressemble à un mot de passe courant\. Quatre mots/)
      assert.match(await detailIn('en'), /guessed soon: it is like a common password\. Four words/)
    })
  })

  test('refuses an address that somebody was given meanwhile, and names no address in the audit', async ({
    client,
    assert,
  }) => {
    await withRegistration('open', async () => {
      const { email } = await anAccount('nurse')
      const late = await ask(
        client,
        'post',
        '/registrations/completion',
        completion(await linkTo('registration', email!))
      )
      assert.deepEqual(codeOf(late), [409, 'email_taken'])
      const asked = await ask(client, 'post', '/registrations', { email })
      for (const answer of [late, asked]) {
        const { details, ...entry } = await entryOf(answer)
        assert.notInclude(JSON.stringify(entry) + String(details), '@')
      }
    })
  })

  test('of ten completions at once with one link, one makes an account', async ({ client, assert }) => {
    await withRegistration('open', async () => {
      const email = anAddress()
      const body = completion(await linkTo('registration', email))
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => ask(client, 'post', '/registrations/completion', body))
      )
      assert.lengthOf(
        answers.filter((answer) => answer.status() === 201),
        1
      )
      for (const answer of answers) if (answer.status() !== 201) assert.deepEqual(codeOf(answer), [422, 'link_invalid'])
      assert.lengthOf(await db.from('users').where('email', email), 1)
    })
  })
})
