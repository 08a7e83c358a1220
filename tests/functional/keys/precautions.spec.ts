import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { moveClock, now, toSqlInstant } from '#app/core/clock'
import { inOwnTransaction } from '#app/core/transaction'
import { runJob } from '#app/jobs/run_job'
import { blindIndexer } from '#app/keys/blind_index'
import { dataKeysById } from '#app/keys/data_keys'
import { kekRows, replaceWrapping } from '#app/keys/kek_rows'
import { showKeyStatus, type KeyStatus } from '#app/keys/key_status'
import { keyring } from '#app/keys/keyring_service'
import { rewrapKeys, rotateKek, rotateMaster } from '#app/keys/start_rotation'
import { rotateDataKeys } from '#app/rotations/rotate_data_keys'
import { rotateIndex } from '#app/rotations/rotate_index'
import { callerOf } from '#tests/acting'
import { emptyClinic } from '#tests/functional/keys/empty_clinic'
import { activeMaster, anotherKeyring, done, providerWith, register, within } from '#tests/functional/keys/rotating'
import { passTime, rotateUntil, stopTime, versions } from '#tests/functional/keys/rotating_index'

const MINUTE = 60_000
const operator = callerOf()

/** It answers, and what it has wrapped cannot be opened. */
const careless = () =>
  providerWith((own) => ({
    async wrap(plain, context) {
      const { kekUri, wrapped } = await own.wrap(plain, context)
      wrapped[wrapped.length - 1]! ^= 1
      return { kekUri, wrapped }
    },
  }))

test.group('What is in memory of keys', (group) => {
  group.each.teardown(() => moveClock(0))

  test('is forgotten after ten minutes, and not before', async ({ assert }) => {
    let asked = 0
    const counting = providerWith((own) => ({
      unwrap(...args) {
        asked += 1
        return own.unwrap(...args)
      },
    }))
    const master = await activeMaster()
    const uses: Record<string, () => Promise<unknown>> = {
      'a master key': () => keyring().master(master),
      'a root key': () => keyring().root('audit_signing'),
      'the key of the index': () => blindIndexer(db.connection()),
    }
    for (const [what, use] of Object.entries(uses))
      await within(anotherKeyring(counting), async () => {
        moveClock(0)
        asked = 0
        await use()
        const once = asked
        moveClock(9.5 * MINUTE)
        await use()
        assert.equal(asked, once, what)
        moveClock(10.5 * MINUTE)
        await use()
        assert.equal(asked, 2 * once, what)
      })
  })

  test('of a patient opens nothing any more ten minutes after another process has shredded it', async ({ assert }) => {
    const { uuid } = await register()
    const { id } = await db.from('data_keys').where('subject_uuid', uuid).firstOrFail()
    const isHeld = async () => (await dataKeysById([id], db.connection())).has(id.toString('latin1'))
    assert.isTrue(await isHeld())
    await db.from('data_keys').where('id', id).update({ state: 'shredded' })
    moveClock(9.5 * MINUTE)
    assert.isTrue(await isHeld())
    moveClock(10.5 * MINUTE)
    // The cache looks at the clock once in a millisecond.
    await sleep(5)
    assert.isFalse(await isHeld())
    await db.from('data_keys').where('id', id).update({ state: 'active' })
  })
})

/** What failed would be tried again, or gone on with by the next test that asks for one. */
const giveUp = () => db.from('jobs').where('kind', 'like', 'keys.%').whereNot('state', 'done').update({ state: 'done' })

test.group('A key that its provider cannot open again', (group) => {
  group.setup(emptyClinic)
  group.each.teardown(async () => void (await giveUp()))

  for (const [what, change] of Object.entries({ rotateKek, rotateMaster, rotateIndex }))
    test(`is used for nothing: ${what}`, async ({ assert }) => {
      const facts = async () => ({
        rows: await kekRows(db.connection()),
        active: await db.from('master_keys').where('state', 'active').select('id'),
        versions: (await versions()).map(({ version, state }) => `${version} ${state}`),
      })
      const before = await facts()
      await assert.rejects(() => within(anotherKeyring(careless()), () => done(change(operator, {}))))
      const after = await facts()
      assert.deepEqual({ ...after, rows: after.rows.slice(0, 0) }, { ...before, rows: [] })
      for (const row of before.rows) assert.deepInclude(after.rows, row)
      await db.from('master_keys').where('state', 'prepared').delete()
    })

  test('a wrapping is replaced only where it is the one that was opened', async ({ assert }) => {
    const [row] = await kekRows(db.connection())
    const stale = { ...row!, wrapped: randomBytes(60) }
    await inOwnTransaction(({ client }) =>
      replaceWrapping(stale, { kekUri: 'local:x', wrapped: randomBytes(60) }, client)
    )
    assert.deepEqual((await kekRows(db.connection()))[0], row)
  })
})

test.group('A change of the key above all', (group) => {
  group.setup(emptyClinic)

  test('takes along what somebody wrapped with the former one meanwhile', async ({ assert }) => {
    const { provider } = keyring()
    const former = await provider.activeUri()
    const late = await provider.wrap(randomBytes(32), 'medinfo/master')
    let isThere = false
    const busy = providerWith((own) => ({
      async wrap(plain, context) {
        const stamps = { created_at: toSqlInstant(now()), updated_at: toSqlInstant(now()) }
        const row = { kek_uri: late.kekUri, wrapped: late.wrapped, state: 'decrypt', ...stamps }
        if (!isThere) await db.table('master_keys').insert(row)
        isThere = true
        return own.wrap(plain, context)
      },
    }))
    await within(anotherKeyring(busy), () => done(rotateKek(operator, {})))
    const rows = await kekRows(db.connection())
    assert.isTrue(isThere)
    assert.notInclude(
      rows.map(({ kekUri }) => kekUri),
      former
    )
  })

  test('whatever wraps nothing any more is told as retired, after a rewrapping too', async ({ assert }) => {
    const { provider } = keyring()
    const former = await provider.activeUri()
    const active = await provider.renew('for-a-rewrapping')
    const stateOf = async (uri: string) => (await provider.describe()).find((kek) => kek.uri === uri)!.state
    assert.equal(await stateOf(former), 'decrypt')
    await done(rewrapKeys(operator, {}))
    assert.deepEqual([await stateOf(former), await stateOf(active)], ['retired', 'active'])
  })
})

test.group('The standing of keys', (group) => {
  group.each.teardown(() => moveClock(0))

  test('counts no key that was shredded under the one that wrapped it', async ({ assert }) => {
    const { uuid } = await register()
    const key = () => db.from('data_keys').where('subject_uuid', uuid)
    const { master_key_id: master } = await key().firstOrFail()
    const wrapped = ({ keys }: KeyStatus) =>
      keys.find(({ kind, name }) => kind === 'master' && name === String(master))!.wraps!
    const before = wrapped(await showKeyStatus(operator, {}))
    await key().update({ state: 'shredded' })
    assert.equal(wrapped(await showKeyStatus(operator, {})), before - 1)
    await key().update({ state: 'active' })
  })

  test('says after a year that a key is due, and never of one that cannot be changed', async ({ assert }) => {
    const due = async () => {
      const { keys } = await showKeyStatus(operator, {})
      return keys.filter(({ isDue }) => isDue).map(({ kind, name }) => `${kind} ${name.split(' ')[0]}`)
    }
    const [first] = (await due()).filter((name) => name.startsWith('root'))
    assert.isUndefined(first)
    moveClock(366 * 24 * 60 * MINUTE)
    const later = (await due()).filter((name) => name.startsWith('root'))
    assert.deepEqual(later, ['root blind_index'])
  })
})

test.group('A rotation that was broken off', (group) => {
  group.setup(emptyClinic)
  group.each.teardown(async () => {
    stopTime()
    await giveUp()
  })

  test('does not forget what it could not read before', async ({ assert }) => {
    const { uuid } = await register()
    const { job } = await rotateDataKeys(operator, {})
    const position = { type: 'patient', after: uuid, last: uuid, unreadable: 1 }
    await db
      .from('jobs')
      .where('id', job.id)
      .update({ position: JSON.stringify(position) })
    await assert.rejects(() => runJob(job.uuid), /values_unreadable/)
  })

  test('takes no version of the index for complete that lacks a token', async ({ assert }) => {
    const patient = await register()
    const { uuid } = await rotateUntil('wait')
    const [begun] = (await versions()).slice(-1)
    const token = { key_version: begun!.version, row_uuid: patient.uuid }
    assert.equal(Number(await db.from('blind_indexes').where(token).delete()), 1)
    passTime()
    await assert.rejects(() => runJob(uuid), /tokens are missing under version/)
    assert.equal((await versions()).at(-1)!.state, 'writing')
    await giveUp()
    await db.from('blind_indexes').where('key_version', begun!.version).delete()
    await db.from('root_keys').where({ purpose: 'blind_index', version: begun!.version }).delete()
  })

  test('destroys the former key of the index only when nobody can have it in memory', async ({ assert }) => {
    await register()
    await rotateUntil('wait')
    passTime()
    const { uuid } = await rotateUntil('forget')
    const [former] = (await versions()).slice(-2)
    assert.equal(former!.state, 'retired')
    assert.isAbove(former!.wrapped.length, 30)
    passTime()
    await runJob(uuid)
    assert.deepEqual(
      (await versions()).slice(-2).map(({ state }) => state),
      ['destroyed', 'active']
    )
  })
})
