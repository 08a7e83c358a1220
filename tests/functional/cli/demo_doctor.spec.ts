import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Sqlite from 'better-sqlite3'
import { Secret, TOTP } from 'otpauth'
import type { Caller } from '#app/core/caller'
import { rehearse } from '#app/core/rehearse'
import { DEMO_EMAIL, demoDoctorState, makeDemoDoctor } from '#app/setup/demo_doctor'
import env from '#start/env'
import { callerOf } from '#tests/acting'
import { anEmptyHome, start, type Started } from '#tests/functional/cli/medinfo'
import { ask, jsonIn } from '#tests/functional/cli/tls_client'

type Cleanup = (end: () => Promise<void> | void) => void

async function aHome(cleanup: Cleanup) {
  const { home, remove } = await anEmptyHome()
  cleanup(remove)
  return home
}

async function upIn(home: string, cleanup: Cleanup, argv: string[] = [], settings: Record<string, string> = {}) {
  const run = await start(home, ['up', '--port', '0', ...argv], settings)
  cleanup(() => void run.child.kill('SIGKILL'))
  await run.says(argv.includes('--json') ? '\n}' : 'Ctrl-C')
  return run
}

async function end(run: Started) {
  run.child.kill('SIGTERM')
  await run.ended
}

const read = (home: string, sql: string): any[] =>
  new Sqlite(join(home, 'data/medinfo.sqlite'), { readonly: true }).prepare(sql).all()

/** What an app for codes shows after it has read `otpauth://…`. */
function codeOf(address: string): string {
  const { searchParams } = new URL(address)
  return new TOTP({ secret: Secret.fromBase32(searchParams.get('secret')!) }).generate()
}

test.group('The demo doctor', () => {
  test('is what a newcomer signs in as with what the terminal showed, once; the charts and the day are there', async ({
    assert,
    cleanup,
  }) => {
    const home = await aHome(cleanup)
    const first = await upIn(home, cleanup)
    const { out } = first.written
    const [url] = /http:\/\/localhost:\d+/.exec(out)!
    const [, email, password] = /(demo\.doctor@\S+) +mot de passe : (\S+)/.exec(out)!
    const [generator] = /otpauth:\/\/\S+/.exec(out)!
    assert.include(out, `${url}/app/`)

    const page = { 'sec-fetch-site': 'same-origin' }
    const begun = await ask(`${url}/api/v1/session`, { method: 'POST', headers: page, body: { email, password } })
    assert.equal(begun.status, 201, begun.body.toString())
    const cookieOf = (told: typeof begun) => told.headers['set-cookie']![0]!.split(';')[0]!
    const held = {
      ...{ ...page, cookie: cookieOf(begun) },
      'x-csrf-token': jsonIn(begun).data.csrf_token,
    }
    const early = await ask(`${url}/api/v1/patients`, { headers: held })
    assert.equal(early.status, 403, 'the password alone opens nothing')
    const proven = await ask(`${url}/api/v1/session/second-factor`, {
      ...{ method: 'POST', headers: held, body: { code: codeOf(generator) } },
    })
    assert.equal(proven.status, 200, proven.body.toString())
    const cookie = cookieOf(proven)
    const patients = await ask(`${url}/api/v1/patients?limit=50`, { headers: { ...page, cookie } })
    assert.lengthOf(jsonIn(patients).data, 12)
    const planned = await ask(`${url}/api/v1/consultations?status=planned`, { headers: { ...page, cookie } })
    const days = jsonIn(planned).data.map(({ date }: { date: string }) => new Date(date).toDateString())
    assert.deepEqual(days, Array(4).fill(new Date().toDateString()))
    await end(first)

    const [user] = read(home, `select * from users where email = '${email}'`)
    assert.deepEqual([user.name, user.language], ['Médecin de démonstration', 'fr'])
    const kept = JSON.stringify([read(home, 'select * from audit_logs'), read(home, 'select * from settings')])
    const secret = new URL(generator).searchParams.get('secret')!
    for (const told of [secret, password!]) assert.notInclude(kept + first.written.err, told)
    const enrolments = read(home, `select * from audit_logs where action = 'factors.enrol'`)
    assert.deepEqual(
      enrolments.map(({ entity_uuid }) => entity_uuid),
      [user.uuid]
    )

    const second = await upIn(home, cleanup, [], { LANG: 'en' })
    await end(second)
    assert.include(second.written.out, `bin/medinfo user reset-mfa --user ${email}`)
    assert.notMatch(second.written.out, /otpauth:|password:/)
    assert.lengthOf(read(home, 'select id from users where email is not null'), 2)
  }).timeout(120_000)

  test('is in no installation that is empty or not local', async ({ assert, cleanup }) => {
    for (const [argv, settings] of [
      [['--json', '--empty'], {}],
      [['--json'], { APP_ENV: 'production' }],
      [['--json'], { APP_ENV: 'staging' }],
    ] as [string[], Record<string, string>][]) {
      const home = await aHome(cleanup)
      const run = await upIn(home, cleanup, argv, settings)
      await end(run)
      assert.isNull(JSON.parse(run.written.out).demo)
      assert.lengthOf(read(home, 'select id from users'), 1)
    }
  }).timeout(120_000)

  test('is made whole or not at all, on every database', async ({ assert }) => {
    const peek = async (caller: Caller) => {
      const made = await makeDemoDoctor(caller, { name: 'Demo', language: 'en', reasons: ['One', 'Two'] })
      const user = await caller.trx!.client.from('users').where('email', made.email).firstOrFail()
      const { confirmed_at: at } = await caller.trx!.client.from('totp_secrets').where('user_id', user.id).firstOrFail()
      assert.isNotNull(at)
      return made
    }
    const { generator } = await rehearse(callerOf(), peek)
    assert.match(codeOf(generator), /^\d{6}$/)
    assert.isNull(await db.from('users').where('email', DEMO_EMAIL).first())
    assert.isNull(await db.from('settings').where('name', 'demo_doctor').first())
  })

  test('comes with the sample alone, and not where what was tried out is now in use', async ({ assert, cleanup }) => {
    const kept = env.get('APP_ENV')
    cleanup(() => env.set('APP_ENV', kept))
    const stateWith = (kind: string, sample: Parameters<typeof demoDoctorState>[0]) => {
      env.set('APP_ENV', kind)
      return demoDoctorState(sample)
    }
    assert.equal(await stateWith('local', 'yes'), 'wanted')
    assert.equal(await stateWith('local', 'there'), 'wanted')
    for (const sample of ['unwanted', 'has_patients', 'not_local'] as const)
      assert.equal(await stateWith('local', sample), 'none')
    for (const kind of ['production', 'staging', 'test']) assert.equal(await stateWith(kind, 'there'), 'none')
  })
})
