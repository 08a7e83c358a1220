import { readFileSync } from 'node:fs'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { Secret, TOTP as Generator } from 'otpauth'
import { moveClock } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { newSecret, stepOfCode } from '#app/factors/totp'
import { sqliteFile } from '#start/env'
import { someone, tokenOf } from '#tests/acting'
import { auditOf, INSTANT } from '#tests/functional/core/probe'
import { schemaFacts } from '#tests/functional/database/schema_facts'
import { API, browserOf, CONFIRMATION, enrol, SECOND_FACTOR, TOTP } from '#tests/functional/factors/browser_of'
import { meeting } from '#tests/functional/factors/meeting'
import { alignClock, clockAt, codeOf, giveGenerator, keptOf } from '#tests/functional/factors/some_factor'
import { PASSWORD, somebody, standing } from '#tests/functional/sessions/browser'

const MINUTE = 60_000
const STEP = 30_000
const shown = (secret: string) => codeOf(secret)
const PATIENTS = `${API}/patients`

/** Everything that the database holds, as bytes: the file itself, or every column of every row. */
async function dump(): Promise<Buffer> {
  if (db.connection().dialect.name !== 'mysql')
    return Buffer.concat(['', '-wal'].map((suffix) => readFileSync(sqliteFile() + suffix)))
  const parts: Buffer[] = []
  for (const table of Object.keys(await schemaFacts()))
    for (const row of await db.from(table))
      for (const value of Object.values(row)) parts.push(Buffer.isBuffer(value) ? value : Buffer.from(String(value)))
  return Buffer.concat(parts)
}

async function mailsTo(user: { id: number }): Promise<string[]> {
  const rows = await db.from('mails').where('user_id', user.id).orderBy('id')
  return rows.map(({ kind }) => kind)
}

/** A passkey as far as code generators know one: that it exists. */
async function givePasskey(user: { id: number }): Promise<string> {
  const uuid = newUuid()
  await db.table('passkeys').insert({
    ...{ uuid, user_id: user.id, credential_hash: newUuid(), credential_id: 'x', name: 'x' },
    ...{ public_key: Buffer.from('x'), counter: 0, created_at: INSTANT, updated_at: INSTANT },
  })
  return uuid
}

/** RFC 6238, appendix B: the SHA-1 rows. */
const VECTORS: [number, string][] = [
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
]

test.group('A code of a generator', (group) => {
  group.each.setup(alignClock)
  group.each.teardown(() => moveClock(0))
  const secret = Secret.fromLatin1('12345678901234567890')

  for (const [seconds, code] of VECTORS)
    test(`is that of RFC 6238 at ${seconds} s`, ({ assert }) => {
      assert.equal(new Generator({ secret, digits: 8 }).generate({ timestamp: seconds * 1000 }), code)
      moveClock(seconds * 1000 - Date.now())
      assert.equal(stepOfCode(secret.base32, code.slice(2), null), Math.floor(seconds / 30))
      assert.isNull(stepOfCode(newSecret(), code.slice(2), null), 'control: of another secret')
    })

  test('is taken a step early or late, and no further', ({ assert }) => {
    const own = newSecret()
    const taken = [-3, -2, -1, 0, 1, 2, 3].filter((away) => stepOfCode(own, codeOf(own, away), null) !== null)
    assert.deepEqual(taken, [-1, 0, 1])
  })

  test('is refused from the last step that was used on downwards', ({ assert }) => {
    const own = newSecret()
    const step = stepOfCode(own, codeOf(own), null)!
    const taken = [-1, 0, 1].filter((away) => stepOfCode(own, codeOf(own, away), step) !== null)
    assert.deepEqual(taken, [1])
  })
})

test.group('Choosing a code generator: refusals', (group) => {
  group.each.setup(alignClock)
  group.each.teardown(() => moveClock(0))

  test('a token shows no secret', async ({ client, assert }) => {
    const user = await someone('doctor')
    const answer = await client
      .post(TOTP)
      .bearerToken(await tokenOf(user))
      .json({})
    assert.deepEqual([answer.status(), answer.body().code], [403, 'session_required'])
    assert.isNull(await keptOf(user))
  })

  test('the first one wants a sign-in of the last five minutes', async ({ client, assert }) => {
    const user = await somebody('doctor')
    const browser = await browserOf(client, user)
    clockAt(5 * MINUTE + 1)
    assert.equal(await browser.told('post', TOTP, {}), '403 step_up_required')
    assert.isNull(await keptOf(user))
    clockAt(5 * MINUTE - 5_000)
    assert.equal(await browser.told('post', TOTP, {}), '201', 'control')
    clockAt(5 * MINUTE + 1)
    assert.equal(await browser.told('post', CONFIRMATION, { password: PASSWORD }), '200')
    assert.equal(await browser.told('post', TOTP, {}), '201', 'after the password once more')
  })

  test('a password alone shows no second one, and takes none away', async ({ client, assert }) => {
    const user = await somebody('patient')
    const secret = await giveGenerator(user)
    const browser = await browserOf(client, user)
    for (const [method, path] of [
      ['post', TOTP],
      ['delete', TOTP],
      ['post', `${API}/me/recovery-codes`],
    ] as const)
      assert.equal(await browser.told(method, path, {}), '403 forbidden', `${method} ${path}`)
    assert.equal((await keptOf(user))!.secret, secret)
    await browser.send('post', SECOND_FACTOR, { code: codeOf(secret) })
    assert.equal(await browser.told('post', TOTP, {}), '201', 'control: after the second factor')
  })

  test('a wrong code confirms nothing', async ({ client, assert }) => {
    const user = await somebody('doctor')
    const browser = await browserOf(client, user)
    const { confirmed } = await enrol(browser, (secret) => codeOf(secret, 2))
    assert.deepEqual([confirmed.status(), confirmed.body().code], [422, 'code_invalid'])
    assert.equal(confirmed.body().errors[0].pointer, '/code')
    assert.isNull((await keptOf(user))!.confirmedAt)
    assert.equal(await browser.told('get', PATIENTS), '403 enrolment_required')
    assert.deepEqual(await mailsTo(user), [])
  })

  test('a secret shown before the last one, half an hour ago, or never, confirms nothing', async ({
    client,
    assert,
  }) => {
    const user = await somebody('doctor')
    const browser = await browserOf(client, user)
    assert.equal(await browser.told('post', `${TOTP}/confirmation`, { code: '123456' }), '409 no_generator')
    const former = (await browser.send('post', TOTP, {})).body().data.secret
    const latest = (await browser.send('post', TOTP, {})).body().data.secret
    assert.equal(await browser.told('post', `${TOTP}/confirmation`, { code: codeOf(former) }), '422 code_invalid')
    // A browser that somebody goes on using, else the session would be over as well.
    clockAt(29 * MINUTE)
    await browser.send('get', `${API}/session`)
    await db.from('sessions').where('user_id', user.id).update({ last_seen_at: '2100-01-01 00:00:00.000' })
    clockAt(30 * MINUTE + 1)
    assert.equal(await browser.told('post', `${TOTP}/confirmation`, { code: codeOf(latest) }), '409 no_generator')
    clockAt(29 * MINUTE)
    assert.equal(await browser.told('post', `${TOTP}/confirmation`, { code: codeOf(latest) }), '200', 'control')
  })

  test('staff keeps the last factor, and may take it away beside another', async ({ client, assert }) => {
    const user = await somebody('nurse')
    const browser = await browserOf(client, user)
    await enrol(browser, shown)
    assert.equal(await browser.told('delete', TOTP, {}), '422 last_factor')
    await givePasskey(user)
    const taken = await browser.send('delete', TOTP, {})
    assert.equal(taken.status(), 200)
    assert.deepInclude(taken.body().data.factors, { totp_since: null, passkeys: 1, recovery_codes_left: 10 })
    assert.equal(await browser.told('delete', TOTP, {}), '409 no_generator')
  })

  test('of two that staff takes away at the same moment one stays', async ({ client, assert }) => {
    for (let round = 0; round < 3; round++) {
      const user = await somebody('nurse')
      const browser = await browserOf(client, user)
      await enrol(browser, shown)
      const path = `${API}/me/passkeys/${await givePasskey(user)}`
      const { result, met } = await meeting(2, () =>
        Promise.all([browser.told('delete', TOTP, {}), browser.told('delete', path, {})])
      )
      assert.deepEqual(result.toSorted(), ['200', '422 last_factor'], `round ${round}`)
      assert.equal(met, 2, 'control: neither had begun before the other')
    }
  })
})

test.group('A code generator', (group) => {
  group.each.setup(alignClock)
  group.each.teardown(() => moveClock(0))

  test('opens the patients to staff at once, under a new session, and ends the others', async ({ client, assert }) => {
    const user = await somebody('doctor')
    const [browser, elsewhere] = [await browserOf(client, user), await browserOf(client, user)]
    assert.equal(await browser.told('get', PATIENTS), '403 enrolment_required')
    const before = browser.value
    const { confirmed } = await enrol(browser, shown)
    assert.equal(confirmed.status(), 200)
    assert.equal(await browser.told('get', PATIENTS), '200')
    const { session, factors } = confirmed.body().data
    assert.equal(session.state, 'complete')
    assert.isNotNull(session.confirmed_at)
    assert.equal(factors.recovery_codes_left, 10)
    assert.equal(await standing(client, before), '401 session_over')
    assert.equal(await standing(client, elsewhere.value), '401 session_over')
    assert.deepEqual(await mailsTo(user), ['factors_changed'])
    assert.deepEqual((await browser.send('get', `${API}/me/factors`)).body().data, factors)
  })

  test('is shown as base32, as a URI and as a picture of it', async ({ client, assert }) => {
    const user = await somebody('patient')
    const { begun } = await enrol(await browserOf(client, user), shown)
    const { secret, uri, qr_svg: picture } = begun.body().data
    assert.match(secret, /^[A-Z2-7]{32}$/, '160 bits')
    const read = new URL(uri)
    assert.deepEqual([read.protocol, read.host], ['otpauth:', 'totp'])
    assert.equal(decodeURIComponent(read.pathname.slice(1)), `MedInfo:${user.email}`)
    assert.deepInclude(Object.fromEntries(read.searchParams), { issuer: 'MedInfo', secret })
    assert.deepInclude(Object.fromEntries(read.searchParams), { algorithm: 'SHA1', digits: '6', period: '30' })
    assert.match(picture, /^<svg [^>]*>.*<\/svg>$/s)
    assert.notMatch(picture, /<script|style=|href/)
    assert.equal(begun.header('cache-control'), 'no-store')
  })

  test('gives ten recovery codes of 80 bits, once', async ({ client, assert }) => {
    const user = await somebody('patient')
    const browser = await browserOf(client, user)
    const { confirmed } = await enrol(browser, shown)
    const codes = confirmed.body().data.recovery_codes as string[]
    assert.lengthOf(new Set(codes), 10)
    for (const code of codes) assert.match(code, /^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$/)
    assert.notInclude((await browser.send('get', `${API}/me/factors`)).text(), codes[0]!)
  })

  test('may be a patient’s: the password alone opens nothing from then on', async ({ client, assert }) => {
    const user = await somebody('patient')
    const browser = await browserOf(client, user)
    assert.equal(await browser.told('get', `${API}/me`), '200')
    const { secret } = await enrol(browser, shown)
    const later = await browserOf(client, user)
    assert.equal(await later.told('get', `${API}/me`), '403 second_factor_required')
    assert.equal(await later.told('post', SECOND_FACTOR, { code: codeOf(secret) }), '422 code_invalid', 'used already')
    assert.equal(await later.told('post', SECOND_FACTOR, { code: codeOf(secret, 1) }), '200')
    assert.equal(await later.told('get', `${API}/me`), '200')
  })

  test('is a patient’s to take away, with the recovery codes', async ({ client, assert }) => {
    const user = await somebody('patient')
    const browser = await browserOf(client, user)
    await enrol(browser, shown)
    const former = browser.value
    const taken = await browser.send('delete', TOTP, {})
    assert.deepEqual(taken.body().data.factors, {
      ...{ totp_since: null, passkeys: 0, recovery_codes_left: 0, recovery_codes_since: null },
    })
    assert.equal(await standing(client, former), '401 session_over')
    assert.equal(await standing(client, browser.value), '200')
    assert.deepEqual(await mailsTo(user), ['factors_changed', 'factors_changed'])
    assert.equal(await (await browserOf(client, user)).told('get', `${API}/me`), '200', 'by password again')
  })

  test('goes on counting until the one that replaces it has shown a code', async ({ client, assert }) => {
    const user = await somebody('doctor')
    const browser = await browserOf(client, user)
    const { secret: former } = await enrol(browser, shown)
    const { secret: latest } = (await browser.send('post', TOTP, {})).body().data
    clockAt(STEP)
    const other = await browserOf(client, user)
    assert.equal(await other.told('post', SECOND_FACTOR, { code: codeOf(latest) }), '422 code_invalid')
    assert.equal(await other.told('post', SECOND_FACTOR, { code: codeOf(former) }), '200')
    const confirmed = await browser.send('post', `${TOTP}/confirmation`, { code: codeOf(latest) })
    assert.equal(confirmed.status(), 200)
    assert.equal(await standing(client, other.value), '401 session_over')
    clockAt(2 * STEP)
    const again = await browserOf(client, user)
    assert.equal(await again.told('post', SECOND_FACTOR, { code: codeOf(former) }), '422 code_invalid')
    assert.equal(await again.told('post', SECOND_FACTOR, { code: codeOf(latest) }), '200')
  })

  test('is ciphertext in its table, under a key of its owner', async ({ client, assert }) => {
    const user = await somebody('doctor')
    const { secret } = await enrol(await browserOf(client, user), shown)
    const row = await db.from('totp_secrets').where('user_id', user.id).firstOrFail()
    assert.equal(row.secret[0], 0xe1)
    assert.notInclude(row.secret.toString('latin1'), secret)
    const key = await db.from('data_keys').where('id', row.secret.subarray(2, 10)).firstOrFail()
    assert.deepEqual([key.subject_type, key.subject_uuid], ['user', user.uuid])
    assert.equal((await keptOf(user))!.secret, secret, 'control: it opens')
  })

  test('is in no dump of the database, nor are its codes', async ({ client, assert }) => {
    const user = await somebody('doctor')
    const browser = await browserOf(client, user)
    const { secret, confirmed } = await enrol(browser, shown)
    const waiting = (await browser.send('post', TOTP, {})).body().data.secret as string
    const codes = confirmed.body().data.recovery_codes as string[]
    const everything = await dump()
    const secrets = [secret, waiting, ...codes, ...codes.map((code) => code.replaceAll('-', ''))]
    for (const text of secrets) assert.isFalse(everything.includes(text), text)
    for (const text of [secret, waiting])
      assert.isFalse(everything.includes(Buffer.from(Secret.fromBase32(text).bytes)))
    assert.isTrue(everything.includes(user.email!), 'control: what is in clear is found')
  })

  test('leaves one entry a step in the audit, without a secret', async ({ client, assert }) => {
    const user = await somebody('patient')
    const browser = await browserOf(client, user)
    const { begun, secret, confirmed } = await enrol(browser, shown)
    const wrong = await browser.send('post', `${TOTP}/confirmation`, { code: '000000' })
    const renewed = await browser.send('post', `${API}/me/recovery-codes`, {})
    const removed = await browser.send('delete', TOTP, {})
    const told: unknown[] = []
    for (const { requestId } of [begun, confirmed, wrong, renewed, removed]) {
      const entries = await auditOf(requestId)
      assert.lengthOf(entries, 1)
      const [entry] = entries
      told.push(`${entry!.action} ${entry!.outcome}`)
      assert.equal(entry!.user_id, user.id)
      const text = JSON.stringify(entry)
      for (const each of [secret, user.email!, codeOf(secret), ...confirmed.body().data.recovery_codes])
        assert.notInclude(text, each)
    }
    assert.deepEqual(told, [
      'factors.begin_totp done',
      'factors.confirm_totp done',
      'factors.confirm_totp refused',
      'factors.renew_recovery_codes done',
      'factors.remove_totp done',
    ])
  })
})
