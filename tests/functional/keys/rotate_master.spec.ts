import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { Forbidden } from '#app/core/problem'
import { rehearse } from '#app/core/rehearse'
import { insertRows } from '#app/core/insert_rows'
import { newUuid } from '#app/core/ids'
import { inOwnTransaction } from '#app/core/transaction'
import Job from '#app/jobs/job'
import type { RunningJob } from '#app/jobs/job_kind'
import { runJob } from '#app/jobs/run_job'
import { newDataKey } from '#app/keys/data_keys'
import { keyring } from '#app/keys/keyring_service'
import { dataKeysNotUnder, moveDataKeys } from '#app/keys/move_data_keys'
import { rewrapKeys, rotateKek, rotateMaster } from '#app/keys/start_rotation'
import { showKeyStatus } from '#app/keys/key_status'
import { emptyClinic } from '#tests/functional/keys/empty_clinic'
import { callerOf, someone } from '#tests/acting'
import { auditOf } from '#tests/functional/core/probe'
import {
  activeMaster,
  anotherKeyring,
  done,
  manyDataKeys,
  masterState,
  mastersOf,
  phoneOf,
  register,
  within,
} from '#tests/functional/keys/rotating'

const operator = callerOf
const STAMPS = { created_at: '2026-11-01 00:00:00.000', updated_at: '2026-11-01 00:00:00.000' }

test.group('A change of keys: refusals', () => {
  test('is refused to whoever may not manage keys, and that is in the audit', async ({ assert }) => {
    const doctor = callerOf(await someone('doctor'))
    for (const change of [rotateKek, rotateMaster, rewrapKeys, showKeyStatus])
      await assert.rejects(() => change(doctor, {}) as Promise<unknown>, Forbidden as never)
    const rows = await auditOf(doctor.requestId)
    const told = rows.map(({ action, outcome }) => `${action} ${outcome}`)
    assert.deepEqual(told.sort(), [
      'keys.rewrap refused',
      'keys.rotate_kek refused',
      'keys.rotate_master refused',
      'keys.status refused',
    ])
  })

  test('rehearsed, it says how much there is to do and changes nothing', async ({ assert }) => {
    await register()
    const facts = async () => ({
      keys: await db.from('master_keys').orderBy('id'),
      jobs: await db.from('jobs').where('kind', 'like', 'keys.%'),
      kek: await keyring().provider.describe(),
    })
    const before = await facts()
    const { counts } = await rehearse(operator(), (caller) => rotateMaster(caller, {}))
    assert.isAbove(counts.keys!, 0)
    await rehearse(operator(), (caller) => rotateKek(caller, {}))
    assert.deepEqual(await facts(), before)
  })
})

test.group('A change of the master key', (group) => {
  group.setup(emptyClinic)

  test('moves every key under the new one, and whoever had the former in memory reads on', async ({ assert }) => {
    const patient = await register('+221771110001')
    const former = await activeMaster()
    const other = anotherKeyring()
    await other.active()
    const caller = operator()
    const { job } = await rotateMaster(caller, {})
    await runJob(job.uuid)
    const next = await activeMaster()
    assert.notEqual(next, former)
    assert.deepEqual([await masterState(former), await mastersOf([patient.uuid])], ['decrypt', [next]])
    assert.equal(await phoneOf(patient), '+221771110001')
    assert.equal(await within(other, () => phoneOf(patient)), '+221771110001')
    assert.equal(await within(anotherKeyring(), () => phoneOf(patient)), '+221771110001')
    const [told] = await auditOf(caller.requestId)
    assert.deepEqual([told!.action, told!.outcome], ['keys.rotate_master', 'done'])
    assert.deepInclude(JSON.parse(told!.details), { job: job.uuid })
  })

  test('nobody wraps by the former one from then on, not even who used it a moment ago', async ({ assert }) => {
    const other = anotherKeyring()
    await within(other, () => register())
    await done(rotateMaster(operator(), {}))
    const patient = await within(other, () => register())
    assert.deepEqual(await mastersOf([patient.uuid]), [await activeMaster()])
  })

  for (const [hasUsedIt, who] of [
    [false, 'a process that has just started'],
    [true, 'one that has used it before'],
  ] as const)
    test(`waits for who is wrapping by the former one, and moves that key too: ${who}`, async ({ assert }) => {
      const other = anotherKeyring()
      if (hasUsedIt) await within(other, () => register())
      const uuid = newUuid()
      const former = await activeMaster()
      let began = () => {}
      const hasBegun = new Promise<void>((resolve) => (began = resolve))
      const slow = inOwnTransaction(async ({ client }) => {
        const { row } = await within(other, () => newDataKey('patient', uuid, client))
        began()
        await sleep(400)
        await insertRows(client, 'data_keys', [{ ...row }])
      })
      await hasBegun
      await Promise.all([done(rotateMaster(operator(), {})), slow])
      assert.notEqual(await activeMaster(), former)
      assert.deepEqual(await mastersOf([uuid]), [await activeMaster()])
    })

  test('who asks for it while it runs is given the one that runs', async ({ assert }) => {
    const [one, two] = [await rotateMaster(operator(), {}), await rotateMaster(operator(), {})]
    assert.equal(one.job.uuid, two.job.uuid)
    assert.equal(await runJob(one.job.uuid), 'done')
  })

  test('goes on past a key that somebody has damaged, and leaves it as it is', async ({ assert, cleanup }) => {
    const [damaged, ...others] = await manyDataKeys(3)
    const former = await activeMaster()
    cleanup(async () => void (await db.from('data_keys').where('subject_uuid', damaged!).delete()))
    await db
      .from('data_keys')
      .where('subject_uuid', damaged!)
      .update({ wrapped: randomBytes(60) })
    await done(rotateMaster(operator(), {}))
    assert.deepEqual(await mastersOf(others), [await activeMaster()])
    assert.deepEqual(await mastersOf([damaged!]), [former])
  })

  test('keeps a key that was erased meanwhile erased', async ({ assert }) => {
    const uuids = await manyDataKeys(2)
    await db
      .from('data_keys')
      .where('subject_uuid', uuids[0]!)
      .update({ state: 'shredded', wrapped: Buffer.alloc(60) })
    await done(rotateMaster(operator(), {}))
    const row = await db.from('data_keys').where('subject_uuid', uuids[0]!).firstOrFail()
    assert.deepEqual([row.state, row.wrapped], ['shredded', Buffer.alloc(60)])
  })

  test('writes over nothing that somebody changes while its step is in hand', async ({ assert }) => {
    const [erased, moved] = await manyDataKeys(2)
    const { kekUri, wrapped } = await keyring().provider.wrap(randomBytes(32), 'medinfo/master')
    await db.from('master_keys').where('state', 'active').update({ state: 'decrypt' })
    await db.table('master_keys').insert({ kek_uri: kekUri, wrapped, state: 'active', ...STAMPS })
    const next = await activeMaster()
    const total = await dataKeysNotUnder(next, db.connection())
    const gone = { state: 'shredded', wrapped: Buffer.alloc(60) }
    const job = {
      signal: new AbortController().signal,
      // Within the last step, that of the newest keys, after they were read.
      async advance(trx, { done: sofar }) {
        if (sofar === total) await trx.from('data_keys').where('subject_uuid', erased!).update(gone)
      },
    } as RunningJob
    assert.isTrue(await moveDataKeys(job, { done: 0, total }, null))
    const row = await db.from('data_keys').where('subject_uuid', erased!).firstOrFail()
    assert.deepEqual([row.state, row.wrapped], [gone.state, gone.wrapped])
    assert.deepEqual(await mastersOf([moved!]), [next])
  })

  test('is destroyed when that is asked for, where it wraps nothing any more', async ({ assert }) => {
    // Other tests have left damaged keys: a master key that wraps one is not destroyed.
    const [used, patient] = [await activeMaster(), await register('+221771110002')]
    const [stuck] = await manyDataKeys(1)
    await done(rotateMaster(operator(), {}))
    const idle = await activeMaster()
    await db.from('data_keys').where('subject_uuid', stuck!).update({ master_key_id: used })
    await done(rotateMaster(operator(), {}))
    await db
      .from('data_keys')
      .where('subject_uuid', stuck!)
      .update({ master_key_id: used, wrapped: randomBytes(60) })
    await done(rewrapKeys(operator(), {}))
    assert.deepEqual([await masterState(used), await masterState(idle)], ['decrypt', 'decrypt'])
    await done(rewrapKeys(operator(), { destroy_former: true }))
    assert.deepEqual([await masterState(used), await masterState(idle)], ['decrypt', 'destroyed'])
    const { wrapped } = await db.from('master_keys').where('id', idle).firstOrFail()
    assert.deepEqual(wrapped, Buffer.alloc(1))
    await db.from('data_keys').where('subject_uuid', stuck!).delete()
    assert.equal(await within(anotherKeyring(), () => phoneOf(patient)), '+221771110002')
  })

  test('one that was broken off before its key was in use goes on with that key', async ({ assert }) => {
    const former = await activeMaster()
    const { job } = await rotateMaster(operator(), {})
    const { kekUri, wrapped } = await keyring().provider.wrap(randomBytes(32), 'medinfo/master')
    const row = { kek_uri: kekUri, wrapped, state: 'prepared', ...STAMPS }
    const [id] = await db.table('master_keys').insert(row)
    await Job.query()
      .where('uuid', job.uuid)
      .update({ position: JSON.stringify({ masterId: Number(id) }) })
    const between = await register()
    assert.deepEqual(await mastersOf([between.uuid]), [former])
    await runJob(job.uuid)
    assert.equal(await activeMaster(), Number(id))
    assert.deepEqual(await mastersOf([between.uuid]), [Number(id)])
  })
})
