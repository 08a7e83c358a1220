import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { Refused, Unavailable } from '#app/core/problem'
import { DEFAULT_LIMITS } from '#app/throttles/default_limits'
import { limitRequests, limitTries, type TryKind } from '#app/throttles/limit_tries'
import { auditOf } from '#tests/functional/core/probe'
import { forgetTries, hashesOf, keysOfTries, NO_LIMITS, setLimits } from '#tests/throttles/limits'
import {
  anAddress,
  PASSWORD,
  someEmail,
  somebodyWithPassword,
  times,
  triedToSignIn,
  tryToSignIn,
} from '#tests/throttles/tries'

const FAILED = 'wrong_credentials'
const THROTTLED = 'too_many_tries'

test.group('Tries to sign in', (group) => {
  group.each.setup(async () => {
    await forgetTries()
    setLimits(DEFAULT_LIMITS)
    return async () => {
      setLimits(NO_LIMITS)
      moveClock(0)
      await forgetTries()
    }
  })

  test('fail five times for one account from one address, then one each three minutes', async ({ assert }) => {
    const [email, ip] = [await somebodyWithPassword(), anAddress()]
    assert.deepEqual(await times(5, () => tryToSignIn(email, ip)), Array(5).fill(FAILED))
    const refused = await triedToSignIn(email, ip, PASSWORD)
    assert.equal(refused.code, THROTTLED, 'the right password waits too, or waiting would tell')
    assert.approximately(refused.waitSeconds, 180, 2)
    moveClock((refused.waitSeconds - 10) * 1000)
    assert.equal(await tryToSignIn(email, ip), THROTTLED)
    moveClock(refused.waitSeconds * 1000)
    assert.deepEqual(await times(2, () => tryToSignIn(email, ip)), [FAILED, THROTTLED])
    assert.equal(await tryToSignIn(email, anAddress()), FAILED, 'another address')
    assert.equal(await tryToSignIn(await somebodyWithPassword(), ip), FAILED, 'another account')
  })

  test('fail ten times for one account from anywhere, then one each half minute', async ({ assert }) => {
    const email = await somebodyWithPassword()
    assert.deepEqual(await times(10, () => tryToSignIn(email, anAddress())), Array(10).fill(FAILED))
    const refused = await triedToSignIn(email, anAddress(), PASSWORD)
    assert.equal(refused.code, THROTTLED)
    assert.isAtMost(refused.waitSeconds, 30)
    assert.equal(await tryToSignIn(someEmail(), anAddress()), FAILED, 'another account')
    moveClock(refused.waitSeconds * 1000)
    assert.equal(await tryToSignIn(email, anAddress(), PASSWORD), 'in')
  })

  test('that were counted while the clock was a day ahead keep nobody out once it is right', async ({ assert }) => {
    const [email, ip] = [await somebodyWithPassword(), anAddress()]
    moveClock(86_400_000)
    assert.deepEqual(await times(5, () => tryToSignIn(email, ip)), Array(5).fill(FAILED))
    moveClock(0)
    assert.equal(await tryToSignIn(email, ip), FAILED)
    assert.equal(await tryToSignIn(email, ip, PASSWORD), 'in')
  })

  test('of an account that does not exist are limited like any other', async ({ assert }) => {
    const [email, ip] = [someEmail(), anAddress()]
    assert.deepEqual(await times(6, () => tryToSignIn(email, ip)), [...Array(5).fill(FAILED), THROTTLED])
    assert.equal(await tryToSignIn(`${email.toUpperCase()} `, ip), THROTTLED, 'however it is spelt')
  })

  test('fail a hundred times from one address, whoever they are for', async ({ assert }) => {
    setLimits({ SIGN_IN_TRIES_PER_ADDRESS: 8 })
    const ip = anAddress()
    assert.deepEqual(await times(8, () => tryToSignIn(someEmail(), ip)), Array(8).fill(FAILED))
    const refused = await triedToSignIn(someEmail(), ip)
    assert.equal(refused.code, THROTTLED)
    assert.isAtMost(refused.waitSeconds, 5)
    assert.equal(await tryToSignIn(someEmail(), anAddress()), FAILED)
  })

  test('from anywhere in a network of IPv6 come from one address', async ({ assert }) => {
    const email = someEmail()
    const ends = ['::1', ':ffff::2', ':1:2:3:4', '::9:9']
    for (const end of [...ends, ':8::8']) assert.equal(await tryToSignIn(email, `2001:db8:77:1${end}`), FAILED)
    assert.equal(await tryToSignIn(email, '2001:db8:77:1::5'), THROTTLED)
    assert.equal(await tryToSignIn(email, '2001:db8:77:2::5'), FAILED)
  })

  test('fail a thousand times in the whole installation, then one a second', async ({ assert }) => {
    setLimits({ SIGN_IN_TRIES_IN_ALL: 6 })
    assert.deepEqual(await times(6, () => tryToSignIn(someEmail(), anAddress())), Array(6).fill(FAILED))
    const refused = await triedToSignIn(someEmail(), anAddress())
    assert.deepEqual([refused.code, refused.waitSeconds], [THROTTLED, 1])
  })

  test('do not count when they succeed', async ({ assert }) => {
    setLimits({ SIGN_IN_TRIES_PER_ADDRESS: 6, SIGN_IN_TRIES_IN_ALL: 6 })
    const [email, ip] = [await somebodyWithPassword(), anAddress()]
    assert.deepEqual(await times(20, () => tryToSignIn(email, ip, PASSWORD)), Array(20).fill('in'))
    assert.deepEqual(await times(6, () => tryToSignIn(email, ip)), [...Array(5).fill(FAILED), THROTTLED], 'the control')
  })

  test('from where somebody signed in before are not held up by others far away', async ({ assert }) => {
    setLimits({ SIGN_IN_TRIES_IN_ALL: 12 })
    const [email, clinic] = [await somebodyWithPassword(), anAddress()]
    assert.equal(await tryToSignIn(email, clinic, PASSWORD), 'in')
    await times(10, () => tryToSignIn(email, anAddress()))
    await times(10, () => tryToSignIn(someEmail(), anAddress()))
    assert.equal(await tryToSignIn(email, anAddress(), PASSWORD), THROTTLED, 'the control: from elsewhere')
    assert.equal(await tryToSignIn(email, clinic, PASSWORD), 'in')
    assert.deepEqual(await times(6, () => tryToSignIn(email, clinic)), [...Array(5).fill(FAILED), THROTTLED])
    moveClock(31 * 24 * 3_600_000)
    await times(10, () => tryToSignIn(email, anAddress()))
    assert.equal(await tryToSignIn(email, clinic, PASSWORD), THROTTLED, 'a place is known for thirty days')
  })

  test('at the same moment do not pass the last slot together', async ({ assert }) => {
    const [email, ip] = [await somebodyWithPassword(), anAddress()]
    const codes = await Promise.all(Array.from({ length: 12 }, () => tryToSignIn(email, ip)))
    assert.lengthOf(
      codes.filter((code) => code === FAILED),
      5
    )
    const elsewhere = await Promise.all(Array.from({ length: 12 }, () => tryToSignIn(email, anAddress())))
    assert.lengthOf(
      elsewhere.filter((code) => code === FAILED),
      5,
      'ten of the account in all'
    )
  })

  test('that are refused check no password and send no mail', async ({ assert }) => {
    const [email, ip] = [await somebodyWithPassword(), anAddress()]
    const mails = async () => Number((await db.from('mails').count('* as n').first()).n)
    assert.equal(await hashesOf(() => times(5, () => tryToSignIn(email, ip))), 5, 'the control')
    const before = await mails()
    assert.equal(await hashesOf(() => times(20, () => tryToSignIn(email, ip, PASSWORD))), 0)
    assert.equal(await mails(), before)
  })

  test('that are refused leave one entry each in the audit, without whom they were for', async ({ assert }) => {
    const [email, ip] = [await somebodyWithPassword(), anAddress()]
    await times(5, () => tryToSignIn(email, ip))
    const { caller } = await triedToSignIn(email, ip)
    const [entry, ...more] = await auditOf(caller.requestId)
    assert.deepInclude(entry, { action: 'login_failed', outcome: 'refused', http_status: 429, ip_address: ip })
    assert.equal(JSON.parse(entry!.details).code, THROTTLED)
    assert.notInclude(JSON.stringify(entry), email)
    assert.lengthOf(more, 0)
  })

  test('are counted under keys that name nobody', async ({ assert }) => {
    const [email, ip] = [someEmail(), anAddress()]
    await tryToSignIn(email, ip)
    const kept = JSON.stringify(await keysOfTries())
    for (const whose of ['all', 'address', 'account', 'pair']) assert.include(kept, `sign_in:${whose}`)
    assert.notInclude(kept, email.split('@')[0]!)
    assert.notInclude(kept, ip)
  })
})

test.group('A try of any kind', (group) => {
  group.each.setup(async () => {
    await forgetTries()
    setLimits(DEFAULT_LIMITS)
    return async () => {
      setLimits(NO_LIMITS)
      await forgetTries()
    }
  })

  const refuse = async () => {
    throw new Refused('code_wrong')
  }
  const outcome = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      ({ code, message }) => code ?? message
    )

  test('is counted apart from those of other kinds', async ({ assert }) => {
    const who = { account: newUuid(), ip: anAddress() }
    const codes = await times(6, () => outcome(limitTries('second_factor', who, refuse)))
    assert.deepEqual(codes, [...Array(5).fill('code_wrong'), THROTTLED])
    assert.equal(await outcome(limitTries('sign_in', who, refuse)), 'code_wrong')
    assert.equal(await outcome(limitTries('passkey', { ...who, account: null }, async () => 1)), 'done')
  })

  test('of what nobody can guess, from many networks, does not keep anybody out', async ({ assert }) => {
    setLimits({ SIGN_IN_TRIES_IN_ALL: 3 })
    const from = (kind: TryKind) => outcome(limitTries(kind, { account: null, ip: anAddress() }, refuse))
    assert.deepEqual(await times(5, () => from('chart_code')), [...Array(3).fill('code_wrong'), THROTTLED, THROTTLED])
    for (const kind of ['passkey', 'link'] as const)
      assert.deepEqual(await times(5, () => from(kind)), Array(5).fill('code_wrong'), kind)
  })

  test('that could not be made does not count', async ({ assert }) => {
    const who = { account: newUuid(), ip: anAddress() }
    const unavailable = async () => {
      throw new Unavailable('database_unavailable')
    }
    const broken = async () => {
      throw new Error('a bug')
    }
    assert.deepEqual(
      await times(20, () => outcome(limitTries('second_factor', who, unavailable))),
      Array(20).fill('database_unavailable')
    )
    assert.deepEqual(await times(20, () => outcome(limitTries('second_factor', who, broken))), Array(20).fill('a bug'))
    assert.equal(await outcome(limitTries('second_factor', who, refuse)), 'code_wrong')
  })

  test('without an address or an account is limited by what is known', async ({ assert }) => {
    const account = newUuid()
    const codes = await times(6, () => outcome(limitTries('chart_code', { account, ip: null }, refuse)))
    assert.deepEqual(codes, [...Array(5).fill('code_wrong'), THROTTLED])
    setLimits({ SIGN_IN_TRIES_PER_ADDRESS: 3 })
    const ip = anAddress()
    const links = await times(4, () => outcome(limitTries('link', { account: null, ip }, refuse)))
    assert.deepEqual(links, [...Array(3).fill('code_wrong'), THROTTLED])
  })
})

test.group('Requests that send a mail', (group) => {
  group.each.setup(async () => {
    await forgetTries()
    setLimits(DEFAULT_LIMITS)
    return async () => {
      setLimits(NO_LIMITS)
      moveClock(0)
      await forgetTries()
    }
  })

  const ask = (account: string, ip: string) =>
    limitRequests('mail', { account, ip }).then(
      () => 'sent',
      ({ code }) => code
    )

  test('are three an hour for one address of mail', async ({ assert }) => {
    const email = someEmail()
    assert.deepEqual(await times(4, () => ask(email, anAddress())), ['sent', 'sent', 'sent', THROTTLED])
    assert.equal(await ask(someEmail(), anAddress()), 'sent')
    moveClock(20 * 60_000)
    assert.deepEqual(await times(2, () => ask(email, anAddress())), ['sent', THROTTLED])
  })

  test('are thirty an hour from one place, and three hundred in all', async ({ assert }) => {
    const ip = anAddress()
    assert.deepEqual(await times(31, () => ask(someEmail(), ip)), [...Array(30).fill('sent'), THROTTLED])
    const codes = await times(271, () => ask(someEmail(), anAddress()))
    assert.deepEqual([codes.indexOf(THROTTLED), codes.lastIndexOf('sent')], [270, 269])
  })
})
