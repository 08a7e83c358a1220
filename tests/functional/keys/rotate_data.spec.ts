import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { consultationHistory, patientHistory } from '#app/charts/histories'
import { listTimeline } from '#app/charts/timeline'
import { inOwnTransaction } from '#app/core/transaction'
import TotpSecret from '#app/factors/totp_secret'
import Job from '#app/jobs/job'
import { runJob } from '#app/jobs/run_job'
import { activeDataKeys, forgetDataKeys } from '#app/keys/data_keys'
import { sealField } from '#app/keys/field_crypto'
import { correctPatient } from '#app/patients/correct_patient'
import Patient from '#app/patients/patient'
import { renewDataKeys } from '#app/rotations/renew_data_keys'
import { reseal } from '#app/rotations/reseal'
import { rotateDataKeys } from '#app/rotations/rotate_data_keys'
import { SEALED_TABLES } from '#app/rotations/sealed_tables'
import { emptyClinic } from '#tests/functional/keys/empty_clinic'
import { callerOf, someone } from '#tests/acting'
import { exitOf, jsonOf, medinfoJson } from '#tests/functional/cli/medinfo'
import { schemaFacts } from '#tests/functional/database/schema_facts'
import { giveGenerator } from '#tests/functional/factors/some_factor'
import { fullChart, keysOf, placesSealedBy, storedRowsOf } from '#tests/functional/keys/full_chart'
import { isSomebodyWaiting } from '#tests/functional/keys/rotating'
import { somePatient } from '#tests/functional/patients/some_patient'

const operator = callerOf()

async function rotate(patient?: string): Promise<Job> {
  const { job } = await rotateDataKeys(operator, { patient })
  await runToEnd(job)
  return Job.query().where('uuid', job.uuid).firstOrFail()
}

/** Other tests have left values that nobody can read. */
async function runToEnd(job: Job, options?: Parameters<typeof runJob>[1]) {
  return runJob(job.uuid, options).catch((error) => {
    if (error.code !== 'values_unreadable') throw error
    return 'done'
  })
}

/** What a reader is told of a chart: everything in it, and what it was before. */
async function readingOf({ uuid }: Patient): Promise<string> {
  const { rows } = await listTimeline(operator, { patient: uuid })
  const visit = rows.find(({ kind }) => kind === 'consultation')!
  const versions = [
    ...(await patientHistory(operator, { id: uuid })).rows,
    ...(await consultationHistory(operator, { id: visit.row.uuid })).rows,
  ]
  return JSON.stringify([...rows, ...versions].map(({ row }) => row.$attributes))
}

/** Columns of bytes that are no ciphertext under a data key, and what they are. */
const OTHER_BYTES: Record<string, string> = {
  'attachments.data_key_id': 'a key’s id',
  'attachments.sha256': 'a hash',
  'audit_checkpoints.root': 'a hash',
  'audit_leaves.hash': 'a hash',
  'audit_leaves.node': 'a hash',
  'audit_logs.mac': 'a MAC',
  'audit_logs.writer': 'a process',
  'blind_indexes.token': 'a MAC',
  'data_keys.id': 'a key’s id',
  'data_keys.wrapped': 'sealed by a master key',
  'import_links.digest': 'a MAC',
  'import_links.token': 'a MAC',
  'master_keys.wrapped': 'sealed by the provider',
  'passkeys.public_key': 'a public key',
  'root_keys.wrapped': 'sealed by the provider',
  'sync_mutations.body_hash': 'a MAC',
  'unique_blind_indexes.token': 'a MAC',
}

test.group('A rotation of data keys is refused', () => {
  test('to whoever may not, and for a patient who is not there', async ({ assert }) => {
    const nurse = callerOf(await someone('nurse'))
    const { uuid } = await somePatient()
    await assert.rejects(() => rotateDataKeys(nurse, { patient: uuid }), 'forbidden')
    await assert.rejects(() => rotateDataKeys(operator, { patient: operator.requestId }), 'not_found')
    assert.lengthOf(await keysOf(uuid), 1)
  })

  test('while one of other charts is open; the same asked again goes on with the open one', async ({ assert }) => {
    const [one, two] = [await somePatient(), await somePatient()]
    const { job, counts } = await rotateDataKeys(operator, { patient: one.uuid })
    assert.equal(counts.keys, 1)
    await assert.rejects(() => rotateDataKeys(operator, { patient: two.uuid }), 'rotation_running')
    assert.equal((await rotateDataKeys(operator, { patient: one.uuid })).job.uuid, job.uuid)
    await runJob(job.uuid)
    await rotate(two.uuid)
    assert.lengthOf(await keysOf(two.uuid), 2)
  })
})

test.group('A rotation of data keys', (group) => {
  group.setup(emptyClinic)

  test('knows every column of the schema that is sealed', async ({ assert }) => {
    const known = SEALED_TABLES.flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`))
    const bytes = Object.entries(await schemaFacts()).flatMap(([table, { columns }]) =>
      columns.filter(({ type }) => /blob|binary/i.test(type)).map(({ name }) => `${table}.${name}`)
    )
    assert.sameMembers([...known, ...Object.keys(OTHER_BYTES)], bytes)
  })

  test('seals a whole chart under a new key: it reads as before, and nothing else of it is another', async ({
    assert,
  }) => {
    const patient = await fullChart()
    const changes = () => db.from('sync_changes').where('scope', patient.uuid).count('* as n').firstOrFail()
    const [reading, stored, told] = [await readingOf(patient), await storedRowsOf(patient.uuid), await changes()]
    const [first] = await keysOf(patient.uuid)
    const ofPatients = SEALED_TABLES.filter(({ subjectType }) => subjectType === 'patient').map(({ table }) => table)
    const places = await placesSealedBy(first!.id)
    assert.sameMembers([...new Set(places.map((place) => place.split('.')[0]!))], ofPatients, 'control')

    const { counts, job } = await rotateDataKeys(operator, { patient: patient.uuid })
    await runJob(job.uuid)
    assert.deepEqual(await placesSealedBy(first!.id), [])
    const keys = await keysOf(patient.uuid)
    assert.deepEqual(
      keys.map(({ generation, state }) => [generation, state]),
      [
        [1, 'decrypt'],
        [2, 'active'],
      ]
    )
    assert.sameMembers(await placesSealedBy(keys[1]!.id), places)
    forgetDataKeys()
    assert.equal(await readingOf(patient), reading)
    assert.deepEqual(await changes(), told)
    let values = 0
    for (const [table, rows] of await storedRowsOf(patient.uuid)) {
      const { columns } = SEALED_TABLES.find((one) => one.table === table)!
      rows.forEach((row, at) => {
        const before = stored.get(table)![at]!
        for (const [column, value] of Object.entries(row))
          if (!columns.includes(column) || value === null) assert.deepEqual(value, before[column], `${table}.${column}`)
          else values++
      })
    }
    assert.equal(counts.values, values)
  })

  test('of everybody seals what proves who somebody is too, and says how far it is', async ({ assert }) => {
    const user = await someone('nurse')
    const secret = await giveGenerator(user)
    const patients = [await fullChart(), ...(await Promise.all(Array.from({ length: 25 }, () => somePatient())))]
    const before = await keysOf(user.uuid)
    const job = await rotate()
    assert.equal(Number(job.done), Number(job.total))
    assert.isAtLeast(Number(job.done), 27)
    assert.deepEqual(await placesSealedBy(before[0]!.id), [])
    forgetDataKeys()
    assert.equal((await TotpSecret.of(user, db.connection()))!.confirmed, secret)
    for (const { uuid } of [...patients, user])
      assert.deepEqual(
        (await keysOf(uuid)).map(({ state }) => state),
        ['decrypt', 'active']
      )
    const told = await db.from('audit_logs').where('action', 'keys.rotate_data').orderBy('id', 'desc').firstOrFail()
    assert.include(JSON.stringify(told), job.uuid)
  }).timeout(120_000)

  test('that was broken off goes on where it was, and makes no key twice', async ({ assert }) => {
    const patients = await Promise.all(Array.from({ length: 45 }, () => somePatient({ phone: '+221771112233' })))
    const generations = new Map<string, number>()
    for (const { uuid } of patients) generations.set(uuid, (await keysOf(uuid)).length)
    const { job } = await rotateDataKeys(operator, {})
    const lost = { holder: null, until: null, fence: db.raw('fence + 1') }
    const outcomes = []
    for (let turn = 0; outcomes.at(-1) !== 'done'; turn++) {
      let steps = 1 + (turn % 6)
      let loss: Promise<unknown> | undefined
      const onProgress = () => {
        if (--steps === 0) loss = db.from('leases').where('name', `job:${job.uuid}`).update(lost).exec()
      }
      outcomes.push(await runToEnd(job, { onProgress }))
      await loss
    }
    assert.isAbove(outcomes.length, 5)
    for (const { uuid } of patients) {
      const keys = await keysOf(uuid)
      assert.lengthOf(keys, generations.get(uuid)! + 1)
      assert.deepEqual(await placesSealedBy(keys.at(-2)!.id), [])
    }
  }).timeout(120_000)

  test('takes the key that a dead process left, under which nothing was sealed', async ({ assert }) => {
    const patient = await somePatient({ phone: '+221771112233' })
    const work = { type: 'patient' as const, uuids: [patient.uuid], guard: async () => {} }
    const activated = async () => {
      throw new Error('died')
    }
    await assert.rejects(() => renewDataKeys({ ...work, activated }), 'died')
    const [first, second] = await keysOf(patient.uuid)
    assert.deepEqual([first!.state, second!.state], ['active', 'prepared'])
    await correctPatient(operator, { id: patient.uuid, version: patient.version, phone: '+221774445566' })
    assert.deepEqual(await placesSealedBy(second!.id), [])
    await rotate(patient.uuid)
    const after = await keysOf(patient.uuid)
    assert.deepEqual(
      after.map(({ id, state }) => [id, state]),
      [
        [first!.id, 'decrypt'],
        [second!.id, 'active'],
      ]
    )
    assert.deepEqual(await placesSealedBy(first!.id), [])
  })

  test('activates no key that does not open again from the database', async ({ assert }) => {
    const patient = await somePatient({ phone: '+221771112233' })
    const work = { type: 'patient' as const, uuids: [patient.uuid], activated: async () => {} }
    const broken = renewDataKeys({
      ...work,
      guard: async (trx) => {
        trx.after('commit', async () => {
          const prepared = db.from('data_keys').where({ subject_uuid: patient.uuid, generation: 2 })
          await prepared.update({ wrapped: Buffer.alloc(60) })
        })
      },
    })
    await assert.rejects(() => broken)
    assert.deepEqual(
      (await keysOf(patient.uuid)).map(({ state }) => state),
      ['active', 'prepared']
    )
    await db.from('data_keys').where({ subject_uuid: patient.uuid, generation: 2 }).delete()
  })

  test('overwrites nothing that somebody wrote while it was at the row', async ({ assert }) => {
    const patient = await somePatient({ phone: '+221771112233', address: '1 rue' })
    const work = { type: 'patient' as const, uuids: [patient.uuid] }
    await renewDataKeys({ ...work, guard: async () => {}, activated: async () => {} })
    let looks = 0
    await reseal({
      ...work,
      signal: new AbortController().signal,
      async guard(trx) {
        if (looks++) return
        const key = (await activeDataKeys([patient.uuid], trx)).get(patient.uuid)!
        const place = { table: 'patients', column: 'phone', uuid: patient.uuid }
        await trx
          .from('patients')
          .where('id', patient.id)
          .update({ phone: sealField(key, '+221774445566', place) })
      },
    })
    assert.equal(looks, 2, 'it looked again')
    const { phone, address } = await Patient.findOrFail(patient.id)
    assert.deepEqual([phone, address], ['+221774445566', '1 rue'])
    assert.deepEqual(await placesSealedBy((await keysOf(patient.uuid))[0]!.id), [])
  })

  test('leaves what cannot be read, says how much that is, and does the rest', async ({ assert, cleanup }) => {
    const patient = await somePatient({ phone: '+221771112233', address: '1 rue' })
    cleanup(async () => void (await db.from('patients').where('id', patient.id).delete()))
    const { phone } = await db.from('patients').where('id', patient.id).firstOrFail()
    const spoilt = Buffer.from(phone)
    spoilt[spoilt.length - 1]! ^= 1
    await db.from('patients').where('id', patient.id).update({ phone: spoilt })
    const { code, json } = await medinfoJson('key', 'rotate', '--data', '--patient', patient.uuid)
    assert.equal(code, 1)
    assert.deepInclude(json.error, { code: 'values_unreadable', unreadable: 1 })
    const job = await Job.query().where('kind', 'keys.rotate_data').orderBy('id', 'desc').firstOrFail()
    assert.deepEqual([job.state, job.problem], ['failed', 'values_unreadable'])
    const [first, second] = await keysOf(patient.uuid)
    assert.deepEqual(await placesSealedBy(first!.id), ['patients.phone'])
    assert.deepEqual(await placesSealedBy(second!.id), ['patients.address'])
    assert.isTrue(spoilt.equals((await db.from('patients').where('id', patient.id).firstOrFail()).phone))
  })

  test('by the command line is told beforehand, and its counts are what it then does', async ({ assert }) => {
    const patient = await fullChart()
    const asked = ['key', 'rotate', '--data', '--patient', patient.uuid]
    const { data: plan } = await jsonOf(...asked, '--dry-run')
    assert.deepInclude(plan, { keys: 1, dry_run: true, job: null })
    assert.isAtLeast(plan.values, 20)
    assert.lengthOf(await keysOf(patient.uuid), 1)
    const { data: done } = await jsonOf(...asked)
    assert.deepInclude(done, { keys: 1, values: plan.values, dry_run: false })
    assert.equal(done.job.state, 'done')
    assert.lengthOf(await keysOf(patient.uuid), 2)
    assert.equal(await exitOf('key', 'rotate', '--patient', patient.uuid), 2)
    assert.equal(await exitOf('key', 'rotate', '--data', '--patient', operator.requestId!), 1)
  })

  test('gives no new key to a patient who was erased', async ({ assert }) => {
    const patient = await somePatient()
    await db.from('data_keys').where('subject_uuid', patient.uuid).update({ state: 'shredded' })
    await rotate(patient.uuid)
    assert.lengthOf(await keysOf(patient.uuid), 1)
  })
})

test.group('Beside a rotation of data keys', (group) => {
  const isMysql = () => db.connection().dialect.name === 'mysql'
  const oneWriter = 'SQLite has one transaction that writes'
  group.each.setup(() => () => forgetDataKeys())

  test('who has begun to write under the former key ends before it is the former one', async ({ assert }) => {
    const patient = await somePatient({ phone: '+221771112233' })
    const [first] = await keysOf(patient.uuid)
    let rotation: Promise<unknown> | undefined
    await inOwnTransaction(async ({ client }) => {
      const row = await Patient.query({ client }).where('id', patient.id).firstOrFail()
      row.$dataKey = (await activeDataKeys([patient.uuid], client)).get(patient.uuid)!
      assert.isTrue(row.$dataKey.id.equals(first!.id))
      let isOver = false
      rotation ??= rotate(patient.uuid).finally(() => (isOver = true))
      while (!isOver && !(await isSomebodyWaiting())) continue
      await row.merge({ phone: '+221774445566' }).useTransaction(client).save()
    })
    await rotation
    assert.deepEqual(await placesSealedBy(first!.id), [])
    assert.equal((await Patient.findOrFail(patient.id)).phone, '+221774445566')
  }).skip(() => !isMysql(), oneWriter)

  test('who began to read before it reads what it wrote, and writes under the new key', async ({ assert }) => {
    const patient = await somePatient({ phone: '+221771112233', address: '1 rue' })
    const [first] = await keysOf(patient.uuid)
    await inOwnTransaction(async ({ client }) => {
      await client.from('patients').where('id', patient.id).first()
      await rotate(patient.uuid)
      forgetDataKeys()
      const row = await Patient.query({ client }).where('id', patient.id).forUpdate().firstOrFail()
      assert.equal(row.phone, '+221771112233')
      await row.merge({ address: '2 rue' }).save()
    })
    assert.deepEqual(await placesSealedBy(first!.id), [])
    const { address } = await Patient.findOrFail(patient.id)
    assert.equal(address, '2 rue')
  }).skip(() => !isMysql(), oneWriter)
})
