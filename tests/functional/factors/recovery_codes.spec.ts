import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { inTransaction } from '#app/core/transaction'
import { makeRecoveryCodes } from '#app/factors/recovery_codes'
import type User from '#app/users/user'
import { callerOf } from '#tests/acting'
import { auditOf } from '#tests/functional/core/probe'
import { API, browserOf, enrol, SECOND_FACTOR, toldBy } from '#tests/functional/factors/browser_of'
import { meeting } from '#tests/functional/factors/meeting'
import { alignClock, codeOf, giveGenerator } from '#tests/functional/factors/some_factor'
import { somebody, standing } from '#tests/functional/sessions/browser'

const RECOVERY = `${API}/me/recovery-codes`
const ROUNDS = 8

async function withCodes(...roles: string[]): Promise<{ user: User; secret: string; codes: string[] }> {
  const user = await somebody(...roles)
  const secret = await giveGenerator(user)
  const codes = await inTransaction(callerOf(), ({ client }) => makeRecoveryCodes(user, client))
  return { user, secret, codes }
}

test.group('Recovery codes', (group) => {
  group.each.setup(alignClock)
  group.each.teardown(() => moveClock(0))

  test('of somebody else, or of nobody, open nothing', async ({ client, assert }) => {
    const [mine, others] = [await withCodes('doctor'), await withCodes('doctor')]
    const browser = await browserOf(client, mine.user)
    for (const recovery_code of [others.codes[0]!, 'AAAA-BBBB-CCCC-DDDD']) {
      const answer = await browser.send('post', SECOND_FACTOR, { recovery_code })
      assert.equal(toldBy(answer), '422 code_invalid')
      assert.equal(answer.body().errors[0].pointer, '/recovery_code')
    }
    assert.equal(await browser.told('get', `${API}/patients`), '403 second_factor_required')
    const left = await db.from('recovery_codes').where('user_id', others.user.id).whereNull('used_at')
    assert.lengthOf(left, 10)
    const control = await browserOf(client, others.user)
    assert.equal(await control.told('post', SECOND_FACTOR, { recovery_code: others.codes[0] }), '200')
  })

  test('open once each, all ten, however they are written', async ({ client, assert }) => {
    const { user, codes } = await withCodes('doctor')
    const written = [(code: string) => code, (code: string) => code.toLowerCase().replaceAll('-', ' ')]
    for (const [n, code] of codes.entries()) {
      const recovery_code = written[n % 2]!(code)
      const browser = await browserOf(client, user)
      assert.equal(await browser.told('post', SECOND_FACTOR, { recovery_code }), '200', recovery_code)
      const { data } = (await browser.send('get', `${API}/me/factors`)).body()
      assert.equal(data.recovery_codes_left, 9 - n)
    }
    const browser = await browserOf(client, user)
    for (const recovery_code of codes)
      assert.equal(await browser.told('post', SECOND_FACTOR, { recovery_code }), '422 code_invalid')
  })

  test('open once at the same moment', async ({ client, assert }) => {
    const { user, codes } = await withCodes('doctor')
    for (let round = 0; round < ROUNDS; round++) {
      const browsers = [await browserOf(client, user), await browserOf(client, user)]
      const same = { recovery_code: codes[round] }
      const { result: told, met } = await meeting(2, () =>
        Promise.all(browsers.map((browser) => browser.told('post', SECOND_FACTOR, same)))
      )
      assert.deepEqual(told.toSorted(), ['200', '422 code_invalid'], `round ${round}`)
      assert.equal(met, 2, 'control: both had a right code in their hand')
    }
  })

  test('control: two that differ open at the same moment', async ({ client, assert }) => {
    const { user, codes } = await withCodes('doctor')
    const browsers = [await browserOf(client, user), await browserOf(client, user)]
    const told = await Promise.all(
      browsers.map((browser, n) => browser.told('post', SECOND_FACTOR, { recovery_code: codes[n] }))
    )
    assert.deepEqual(told, ['200', '200'])
  })

  test('lead whoever lost their generator to a new one, without anybody’s help', async ({ client, assert }) => {
    const { user, codes } = await withCodes('doctor')
    const browser = await browserOf(client, user)
    await browser.send('post', SECOND_FACTOR, { recovery_code: codes[0] })
    const { secret, confirmed } = await enrol(browser, (each) => codeOf(each))
    assert.equal(confirmed.status(), 200)
    const again = await browserOf(client, user)
    assert.equal(
      await again.told('post', SECOND_FACTOR, { recovery_code: codes[1] }),
      '422 code_invalid',
      'of the former'
    )
    assert.equal(await again.told('post', SECOND_FACTOR, { code: codeOf(secret, 1) }), '200')
  })

  test('are replaced all at once, and what the former ones opened ends', async ({ client, assert }) => {
    const { user, secret, codes } = await withCodes('doctor')
    const stolen = await browserOf(client, user)
    await stolen.send('post', SECOND_FACTOR, { recovery_code: codes[0] })
    const browser = await browserOf(client, user)
    await browser.send('post', SECOND_FACTOR, { code: codeOf(secret) })
    const { recovery_codes: latest, factors } = (await browser.send('post', RECOVERY, {})).body().data
    assert.lengthOf(latest, 10)
    assert.equal(factors.recovery_codes_left, 10)
    assert.notIncludeMembers(latest, codes)
    assert.equal(await standing(client, stolen.value), '401 session_over')
    const again = await browserOf(client, user)
    assert.equal(await again.told('post', SECOND_FACTOR, { recovery_code: codes[1] }), '422 code_invalid')
    assert.equal(await again.told('post', SECOND_FACTOR, { recovery_code: latest[1] }), '200')
  })

  test('are only for whoever has a factor that can be lost', async ({ client, assert }) => {
    const browser = await browserOf(client, await somebody('patient'))
    assert.equal(await browser.told('post', RECOVERY, {}), '409 no_factor')
  })

  test('are kept as hashes, and a used one is named in the audit by its kind alone', async ({ client, assert }) => {
    const { user, codes } = await withCodes('doctor')
    const browser = await browserOf(client, user)
    const { requestId } = await browser.send('post', SECOND_FACTOR, { recovery_code: codes[0] })
    const rows = await db.from('recovery_codes').where('user_id', user.id)
    assert.lengthOf(rows, 10)
    for (const { hash } of rows) assert.match(hash, /^[0-9a-f]{64}$/)
    const entries = await auditOf(requestId)
    assert.lengthOf(entries, 1)
    assert.equal(JSON.parse(entries[0]!.details).by, 'recovery_code')
    const kept = JSON.stringify([entries, rows])
    for (const text of [codes[0]!, codes[0]!.replaceAll('-', '')]) assert.notInclude(kept, text)
  })
})
