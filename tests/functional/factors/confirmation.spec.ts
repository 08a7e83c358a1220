import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { someone, tokenOf } from '#tests/acting'
import { auditOf } from '#tests/functional/core/probe'
import { API, browserOf, CONFIRMATION, enrol, SECOND_FACTOR, toldBy, TOTP } from '#tests/functional/factors/browser_of'
import { meeting } from '#tests/functional/factors/meeting'
import { alignClock, clockAt, codeOf, giveGenerator } from '#tests/functional/factors/some_factor'
import { PASSWORD, somebody, standing } from '#tests/functional/sessions/browser'
import { forgetTries, NO_LIMITS, setLimits } from '#tests/throttles/limits'

const MINUTE = 60_000
/** Something dangerous: it wants a proof of the last five minutes. */
const DANGEROUS = `${API}/me/recovery-codes`

test.group('Confirming who one is: refusals', (group) => {
  group.each.setup(alignClock)
  group.each.teardown(() => moveClock(0))

  test('a token confirms nothing and does nothing dangerous', async ({ client, assert }) => {
    const user = await somebody('admin')
    const other = await someone('doctor')
    const token = await tokenOf(user)
    const confirmed = await client.post(CONFIRMATION).bearerToken(token).json({ password: PASSWORD })
    assert.equal(toldBy(confirmed), '403 session_required')
    const reset = await client.delete(`${API}/users/${other.uuid}/factors`).bearerToken(token)
    assert.equal(toldBy(reset), '403 session_required')
  })

  test('a password is not enough for whoever has a factor', async ({ client, assert }) => {
    const user = await somebody('doctor')
    const browser = await browserOf(client, user)
    await enrol(browser, (secret) => codeOf(secret))
    clockAt(5 * MINUTE + 1)
    assert.equal(await browser.told('post', CONFIRMATION, { password: PASSWORD }), '422 factor_needed')
    assert.equal(await browser.told('post', DANGEROUS, {}), '403 step_up_required')
  })

  test('a wrong code, a used one and a wrong password confirm nothing', async ({ client, assert }) => {
    const [doctor, patient] = [await somebody('doctor'), await somebody('patient')]
    const secret = await giveGenerator(doctor)
    const [his, hers] = [await browserOf(client, doctor), await browserOf(client, patient)]
    const used = codeOf(secret)
    await his.send('post', SECOND_FACTOR, { code: used })
    const before = [his.value, hers.value]
    assert.equal(await his.told('post', CONFIRMATION, { code: used }), '422 code_invalid')
    clockAt(5 * MINUTE + 1)
    assert.equal(await his.told('post', CONFIRMATION, { code: codeOf(secret, 3) }), '422 code_invalid')
    const wrong = await hers.send('post', CONFIRMATION, { password: 'ce n’est pas le bon' })
    assert.equal(toldBy(wrong), '422 password_wrong')
    assert.equal(wrong.body().errors[0].pointer, '/password')
    assert.equal(await his.told('post', DANGEROUS, {}), '403 step_up_required')
    assert.equal(await hers.told('post', TOTP, {}), '403 step_up_required')
    assert.deepEqual([his.value, hers.value], before)
    assert.equal(await his.told('post', CONFIRMATION, { code: codeOf(secret) }), '200', 'control')
    assert.equal(await his.told('post', DANGEROUS, {}), '201')
    assert.equal(await hers.told('post', CONFIRMATION, { password: PASSWORD }), '200')
    assert.equal(await hers.told('post', TOTP, {}), '201')
  })

  test('neither and both are refused by their form', async ({ client, assert }) => {
    const browser = await browserOf(client, await somebody('patient'))
    for (const body of [{}, { code: '123456', password: PASSWORD }])
      assert.equal(await browser.told('post', CONFIRMATION, body), '422 invalid', JSON.stringify(body))
  })

  test('too many wrong passwords make the right one wait', async ({ client, assert, cleanup }) => {
    const user = await somebody('patient')
    const browser = await browserOf(client, user)
    await forgetTries()
    setLimits({ SIGN_IN_TRIES_PER_ACCOUNT: 6 })
    cleanup(async () => {
      setLimits(NO_LIMITS)
      await forgetTries()
    })
    for (let n = 0; n < 3; n++)
      assert.equal(await browser.told('post', CONFIRMATION, { password: `wrong ${n}` }), '422 password_wrong')
    assert.equal(await browser.told('post', CONFIRMATION, { password: PASSWORD }), '429 too_many_tries')
    await forgetTries()
    assert.equal(await browser.told('post', CONFIRMATION, { password: PASSWORD }), '200', 'control')
  })
})

test.group('A confirmation', (group) => {
  group.each.setup(alignClock)
  group.each.teardown(() => moveClock(0))

  test('is good for five minutes', async ({ client, assert }) => {
    const user = await somebody('doctor')
    const secret = await giveGenerator(user)
    const browser = await browserOf(client, user)
    await browser.send('post', SECOND_FACTOR, { code: codeOf(secret) })
    const start = 10 * MINUTE
    clockAt(start)
    assert.equal(await browser.told('post', DANGEROUS, {}), '403 step_up_required')
    const { data } = (await browser.send('post', CONFIRMATION, { code: codeOf(secret) })).body()
    // From the moment that was written down, so that the test's own time does not count.
    const since = new Date(data.confirmed_at as string)
    const { sign_in_epoch: epoch } = await db.from('users').where('id', user.id).first()
    moveClock(since.getTime() + 5 * MINUTE - 2_000 - Date.now())
    assert.equal(await browser.told('post', DANGEROUS, {}), '201')
    moveClock(since.getTime() + 5 * MINUTE + 1 - Date.now())
    assert.equal(await browser.told('post', DANGEROUS, {}), '403 step_up_required')
    const after = await db.from('users').where('id', user.id).first()
    assert.equal(Number(after.sign_in_epoch), Number(epoch) + 1, 'what was refused ended no session')
  })

  test('gives the session a new value and ends the former one', async ({ client, assert }) => {
    const browser = await browserOf(client, await somebody('patient'))
    const before = browser.value
    const { data } = (await browser.send('post', CONFIRMATION, { password: PASSWORD })).body()
    assert.equal(data.state, 'complete')
    assert.equal(await standing(client, before), '401 session_over')
    assert.equal(await standing(client, browser.value), '200')
  })

  test('by a code is as good as the second factor after the password', async ({ client, assert }) => {
    const user = await somebody('doctor')
    const secret = await giveGenerator(user)
    const browser = await browserOf(client, user)
    assert.equal((await browser.send('post', CONFIRMATION, { code: codeOf(secret) })).body().data.state, 'complete')
    assert.equal(await browser.told('get', `${API}/patients`), '200')
  })

  test('by a password lets staff choose their first factor, and opens nothing else', async ({ client, assert }) => {
    const browser = await browserOf(client, await somebody('doctor'))
    clockAt(6 * MINUTE)
    assert.equal(await browser.told('post', TOTP, {}), '403 step_up_required')
    const { data } = (await browser.send('post', CONFIRMATION, { password: PASSWORD })).body()
    assert.equal(data.state, 'enrolment')
    assert.equal(await browser.told('get', `${API}/patients`), '403 enrolment_required')
    assert.equal(await browser.told('post', TOTP, {}), '201')
  })

  test('leaves one entry in the audit, done or refused, without what was typed', async ({ client, assert }) => {
    const user = await somebody('patient')
    const browser = await browserOf(client, user)
    const refused = await browser.send('post', CONFIRMATION, { password: 'ce n’est pas le bon' })
    const done = await browser.send('post', CONFIRMATION, { password: PASSWORD })
    for (const [{ requestId }, outcome] of [
      [refused, 'refused'],
      [done, 'done'],
    ] as const) {
      const entries = await auditOf(requestId)
      assert.lengthOf(entries, 1)
      assert.deepInclude(entries[0], { action: 'sessions.confirm', outcome, user_id: user.id })
      for (const text of [PASSWORD, 'le bon']) assert.notInclude(JSON.stringify(entries), text)
    }
  })

  test('of a first factor at the same moment counts once', async ({ client, assert }) => {
    const user = await somebody('doctor')
    const browser = await browserOf(client, user)
    const { secret } = (await browser.send('post', TOTP, {})).body().data
    const value = browser.value
    const confirm = () => browser.told('post', `${TOTP}/confirmation`, { code: codeOf(secret) })
    const { result, met } = await meeting(2, () => Promise.all([confirm(), confirm()]))
    assert.deepEqual(result.toSorted(), ['200', '409 no_generator'])
    assert.equal(met, 2, 'control: both were found right')
    assert.lengthOf(await db.from('recovery_codes').where('user_id', user.id), 10)
    assert.equal(await standing(client, value), '401 session_over')
  })
})
