import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { moveClock, now, toSqlInstant } from '#app/core/clock'
import Consultation from '#app/consultations/consultation'
import { newUuid } from '#app/core/ids'
import { pull } from '#app/sync/pull'
import { sweepSync } from '#app/sync/sweep_sync'
import { callerOf, someone } from '#tests/acting'
import { patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { deviceAt, headNow, insertChanges, refusalOf, seqsOf, uuidsTold } from '#tests/functional/sync/pulling'

const DAY = 86_400_000
const sweep = () => sweepSync(now(), db.connection())
const daysAgo = (days: number) => new Date(now().getTime() - days * DAY)

async function mutationsOf(userId: number) {
  const rows = await db.from('sync_mutations').where('user_id', userId).orderBy('at')
  return rows.map(({ mutation_id }) => mutation_id as string)
}

test.group('What is forgotten while a pull reads', () => {
  test('is missed by nobody: the pull is refused as if it had come later', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const device = await deviceAt(doctor)
    await someConsultation(doctor, patient)
    const { cursor } = device
    const head = await headNow()
    let sweeps = async () => {}
    // The last that a pull reads of its changes are their records.
    Consultation.after('fetch', () => sweeps())
    const forgotten = (seq: number) => db.from('sync_heads').update({ forgotten_seq: seq })
    const { forgotten_seq: before } = await db.from('sync_heads').firstOrFail()
    try {
      sweeps = async () => void (await forgotten(head + 1))
      const refused = await refusalOf(device.pull())
      assert.deepEqual([refused.status, refused.code], [410, 'cursor_expired'])
    } finally {
      sweeps = async () => {}
      await forgotten(before)
    }
    device.cursor = cursor
    assert.lengthOf((await device.pull()).changes, 1, 'control: nothing is swept')
  })
})

test.group('What devices have pulled long ago', (group) => {
  group.each.teardown(() => moveClock(0))

  test('is forgotten after ninety days, though nobody has ever numbered it', async ({ assert }) => {
    const scope = newUuid()
    await insertChanges([
      { scope, at: daysAgo(91) },
      { scope, at: daysAgo(89) },
      { scope, at: daysAgo(91) },
    ])
    await sweep()
    const [kept, ...others] = await seqsOf(scope)
    assert.isNumber(kept)
    assert.isEmpty(others)
  })

  test('is forgotten in as many parts as it takes', async ({ assert }) => {
    const scope = newUuid()
    await insertChanges(Array.from({ length: 2_100 }, () => ({ scope, at: daysAgo(100) })))
    await sweep()
    assert.isEmpty(await seqsOf(scope))
  })

  test('keeps a cursor before it from passing by what is missing', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const [sleeping, awake] = [await deviceAt(doctor), await deviceAt(doctor)]
    await someConsultation(doctor, patient)
    await awake.pull()
    moveClock(91 * DAY)
    await sweep()
    const refused = await refusalOf(sleeping.pull())
    assert.deepEqual([refused.status, refused.code], [410, 'cursor_expired'])
    const { uuid } = await someConsultation(doctor, patient)
    assert.deepEqual(uuidsTold(await awake.pull()), [uuid], 'control: one that has everything goes on')
    const blank = await pull(callerOf(doctor), { epoch: sleeping.epoch, cursor: null })
    assert.isNull(blank.cursor)
  })

  test('leaves alone a device whose patients were quiet, while it pulls', async ({ assert }) => {
    const doctor = await someone('doctor')
    await patientOf(doctor)
    const device = await deviceAt(doctor)
    await insertChanges([{ scope: newUuid() }])
    await device.pull()
    moveClock(91 * DAY)
    await sweep()
    assert.isEmpty((await device.pull()).changes)
  })
})

test.group('Names of mutations', () => {
  test('are forgotten after half a year', async ({ assert }) => {
    const { id } = await someone('doctor')
    const made = [200, 181, 179, 1].map((days) => ({
      ...{ user_id: id, mutation_id: `${days}`, body_hash: Buffer.alloc(32) },
      at: toSqlInstant(daysAgo(days)),
    }))
    await db.table('sync_mutations').multiInsert(made)
    await sweep()
    assert.deepEqual(await mutationsOf(id), ['179', '1'])
  })

  test('are forgotten in as many parts as it takes, those of one instant too', async ({ assert }) => {
    const { id } = await someone('doctor')
    const at = toSqlInstant(daysAgo(190))
    const made = Array.from({ length: 4_100 }, (_, n) => ({
      user_id: id,
      mutation_id: `${n}`,
      body_hash: Buffer.alloc(32),
      at,
    }))
    for (let from = 0; from < made.length; from += 500)
      await db.table('sync_mutations').multiInsert(made.slice(from, from + 500))
    await sweep()
    assert.isEmpty(await mutationsOf(id))
  })
})
