import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { rehearse } from '#app/core/rehearse'
import { inTransaction } from '#app/core/transaction'
import Job from '#app/jobs/job'
import { runJob } from '#app/jobs/run_job'
import { blindIndexer, searchIndex } from '#app/keys/blind_index'
import type { Keyring } from '#app/keys/keyring'
import { keyring, useKeyring } from '#app/keys/keyring_service'
import { correctPatient } from '#app/patients/correct_patient'
import { searchPatients } from '#app/patients/find_patients'
import { changeVersions } from '#app/rotations/change_versions'
import { rotateIndex } from '#app/rotations/rotate_index'
import { emptyClinic } from '#tests/functional/keys/empty_clinic'
import { callerOf, someone } from '#tests/acting'
import { auditOf } from '#tests/functional/core/probe'
import { aPerson, aUniqueId, LegacySystem } from '#tests/functional/imports/legacy_system'
import { someDigits, somePatient } from '#tests/functional/patients/some_patient'
import {
  otherKeyring,
  passTime,
  rotateToTheEnd,
  rotateUntil,
  stopTime,
  tokensOfRow,
  versions,
} from '#tests/functional/keys/rotating_index'

const operator = callerOf()
const never = new AbortController().signal
const aPhone = () => `+22177${someDigits().slice(-7)}`

async function found(keys: object): Promise<string[]> {
  const { rows } = await searchPatients(operator, keys)
  return rows.map(({ uuid }) => uuid)
}

async function outcomeOf(national_id: string): Promise<string> {
  return somePatient({ national_id }).then(
    () => 'registered',
    ({ code }) => code
  )
}

async function as<T>(ring: Keyring, work: () => Promise<T>): Promise<T> {
  const own = keyring()
  useKeyring(ring)
  try {
    return await work()
  } finally {
    useKeyring(own)
  }
}

/** Without waiting for anybody who holds them. */
async function takeVersions() {
  const nowait = db.connection().dialect.name === 'mysql' ? ' for update nowait' : ''
  await db.rawQuery(`select id from root_keys where purpose = 'blind_index'${nowait}`)
}

const latest = async () => (await versions()).at(-1)!.version

test.group('Rotating the blind index: refusals', (group) => {
  group.setup(emptyClinic)
  group.each.teardown(stopTime)

  test('a doctor may not, and nothing begins', async ({ assert }) => {
    const before = await latest()
    const caller = callerOf(await someone('doctor'))
    await assert.rejects(() => rotateIndex(caller, {}), 'forbidden')
    assert.equal(await latest(), before)
    const [refused] = await auditOf(caller.requestId)
    assert.deepEqual([refused!.action, refused!.outcome], ['keys.rotate_index', 'refused'])
  })

  test('a national id that another has is refused in every state, whoever has heard of it', async ({ assert }) => {
    const stale = otherKeyring()
    const [before, during] = [aUniqueId(), aUniqueId()]
    await somePatient({ national_id: before })
    await as(stale, () => found({ national_id: before }))
    const refusedEverywhere = async (state: string) => {
      for (const national_id of [before, during])
        for (const ring of [keyring(), stale])
          assert.equal(await as(ring, () => outcomeOf(national_id)), 'national_id_taken', state)
    }
    await rotateUntil('wait')
    await as(stale, () => somePatient({ national_id: during }))
    await refusedEverywhere('while both are written')
    passTime()
    await rotateUntil('forget')
    await refusedEverywhere('when the new one is active')
    await rotateToTheEnd()
    await refusedEverywhere('at the end')
  })

  test('one record that cannot be read stops it before anything is lost; once that is mended it goes on', async ({
    assert,
  }) => {
    const phone = aPhone()
    const patient = await somePatient({ phone, national_id: aUniqueId() })
    const other = await somePatient({ phone: aPhone() })
    const { phone: sealed } = await db.from('patients').where('id', patient.id).firstOrFail()
    const { phone: foreign } = await db.from('patients').where('id', other.id).firstOrFail()
    await db.from('patients').where('id', patient.id).update({ phone: foreign })
    const { job } = await rotateIndex(callerOf(), {})
    await assert.rejects(() => runJob(job.uuid), /cannot be read/)
    await Job.query().where('id', job.id).update({ state: 'failed' })
    assert.deepEqual(
      (await versions()).slice(-2).map(({ state }) => state),
      ['active', 'writing']
    )
    assert.deepEqual(await found({ phone }), [patient.uuid])
    await db.from('patients').where('id', patient.id).update({ phone: sealed })
    const again = await rotateToTheEnd()
    assert.deepEqual([again.uuid, again.state], [job.uuid, 'done'])
    assert.deepEqual(await found({ phone }), [patient.uuid])
  })
})

test.group('Rotating the blind index', (group) => {
  group.each.teardown(stopTime)

  test('moves every token to a new key, and destroys the former one', async ({ assert }) => {
    const [national_id, phone] = [aUniqueId(), aPhone()]
    const { uuid } = await somePatient({ national_id, phone })
    const before = await latest()
    const { counts } = await rehearse(operator, (caller) => rotateIndex(caller, {}))
    assert.isAtLeast(counts.patients!, 1)
    assert.isAtLeast(counts.tokens!, 2)
    assert.equal(counts.minutes, 22)
    assert.equal(await latest(), before)
    assert.isNull(await Job.query().where({ kind: 'keys.rotate_index', state: 'waiting' }).first())
    const job = await rotateToTheEnd()
    assert.deepEqual([job.state, Number(job.done)], ['done', Number(job.total)])
    const [former, present] = (await versions()).slice(-2)
    assert.deepEqual([former!.version, former!.state, former!.wrapped.length], [before, 'destroyed', 1])
    assert.deepEqual([present!.version, present!.state], [before + 1, 'active'])
    for (const table of ['blind_indexes', 'unique_blind_indexes'])
      assert.isNull(await db.from(table).where('key_version', '<=', before).first())
    assert.deepEqual(await tokensOfRow(uuid), { unique: [before + 1], shared: [before + 1] })
    assert.deepEqual([await found({ national_id }), await found({ phone })], [[uuid], [uuid]])
  })

  test('writes and finds under both while it lasts, also in a process that has not heard of it', async ({ assert }) => {
    const stale = otherKeyring()
    const earlier = await somePatient({ national_id: aUniqueId(), phone: aPhone() })
    await as(stale, () => found({ phone: aPhone() }))
    const before = await latest()
    const both = [before, before + 1]
    await rotateUntil('wait')
    assert.deepEqual(await tokensOfRow(earlier.uuid), { unique: both, shared: both })
    for (const [writer, reader] of [
      [keyring(), stale],
      [stale, keyring()],
    ] as const) {
      const [national_id, phone, corrected] = [aUniqueId(), aPhone(), aPhone()]
      const { uuid } = await as(writer, () => somePatient({ national_id, phone }))
      assert.deepEqual(await tokensOfRow(uuid), { unique: both, shared: both })
      await as(writer, () => correctPatient(operator, { id: uuid, version: 1, phone: corrected }))
      assert.deepEqual(await tokensOfRow(uuid), { unique: both, shared: both })
      await as(reader, async () => {
        assert.deepEqual([await found({ national_id }), await found({ phone: corrected })], [[uuid], [uuid]])
        assert.deepEqual(await found({ phone }), [])
      })
    }
    passTime()
    await rotateUntil('forget')
    const { uuid } = await as(stale, () => somePatient({ national_id: aUniqueId() }))
    assert.deepEqual((await tokensOfRow(uuid)).unique, [before + 1])
    await rotateToTheEnd()
  })

  test('begun anew it goes on with the version that is there, and makes no third', async ({ assert }) => {
    await somePatient({ phone: aPhone() })
    const before = await latest()
    await rotateUntil('wait')
    // As where somebody has tidied up the jobs.
    await Job.query().where('kind', 'keys.rotate_index').delete()
    await rotateUntil('wait')
    assert.equal(await latest(), before + 1)
    await rotateToTheEnd()
    assert.deepEqual(
      (await versions()).slice(-2).map(({ version, state }) => [version, state]),
      [
        [before, 'destroyed'],
        [before + 1, 'active'],
      ]
    )
  })

  test('an import writes under both, and knows whom it knew', async ({ assert }) => {
    const system = await LegacySystem.create()
    const before = await latest()
    const both = [before, before + 1]
    const [known, fresh] = [aUniqueId(), aUniqueId()]
    const patient = await somePatient({ national_id: known, dob: '1980-05-17' })
    await rotateUntil('wait')
    const people = [aPerson({ national_id: known, phone: aPhone() }), aPerson({ national_id: fresh, phone: aPhone() })]
    await system.write('patients.csv', people)
    const report = await system.import()
    assert.deepInclude(report, { rejected: 0, rows_read: 2 })
    const [imported] = await found({ national_id: fresh })
    assert.deepEqual(await tokensOfRow(imported!), { unique: both, shared: both })
    assert.deepEqual((await tokensOfRow(patient.uuid)).unique, both)
    passTime()
    await rotateUntil('forget')
    await system.import()
    assert.deepEqual(await found({ national_id: fresh }), [imported])
    await rotateToTheEnd()
    assert.deepEqual(await found({ national_id: known }), [patient.uuid])
  })

  test('waits for whoever writes by what they knew, and whoever begins after it knows more', async ({ assert }) => {
    const order: string[] = []
    let changing: Promise<boolean> | undefined
    await inTransaction(operator, async ({ client }) => {
      const { versions: known } = await blindIndexer(client)
      changing = changeVersions(never, async () => void order.push('changed'))
      // SQLite has one transaction that writes at a time.
      if (client.dialect.name === 'mysql') await assert.rejects(() => takeVersions())
      assert.equal((await blindIndexer(client)).versions, known)
      order.push('written')
    })
    assert.isTrue(await changing)
    await takeVersions()
    assert.deepEqual(order, ['written', 'changed'])
  })

  test('a search that took longer than its knowledge lasts is done again', async ({ assert }) => {
    const before = await latest()
    const asked: string[] = []
    await searchIndex(db.connection(), async ({ versions: known }) => {
      asked.push(known)
      if (asked.length === 1) await rotateToTheEnd()
    })
    assert.deepEqual(asked, [String(before), String(before + 1)])
  })

  test('asked for twice is one rotation, told by one entry each in the audit', async ({ assert }) => {
    const [one, two] = [callerOf(), callerOf()]
    const { job } = await rotateIndex(one, {})
    assert.equal((await rotateIndex(two, {})).job.uuid, job.uuid)
    for (const { requestId } of [one, two]) {
      const entries = await auditOf(requestId)
      assert.lengthOf(entries, 1)
      assert.deepInclude(entries[0], { action: 'keys.rotate_index', outcome: 'done', user_id: null })
      assert.deepEqual(Object.keys(JSON.parse(entries[0]!.details)).includes('job'), true)
    }
    await rotateToTheEnd()
  })
})
