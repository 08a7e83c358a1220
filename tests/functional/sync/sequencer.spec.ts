import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { newUuid } from '#app/core/ids'
import { correctConsultation } from '#app/consultations/correct_consultation'
import { numberChanges } from '#app/sync/sequencer'
import { callerOf, someone } from '#tests/acting'
import { patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { deviceAt, headNow, insertChanges, isMysql, seqsOf, uuidsTold } from '#tests/functional/sync/pulling'

const ONE_WRITER = 'SQLite has one writer, so that no change is open while another is committed'
const range = (from: number, count: number) => Array.from({ length: count }, (_, n) => from + n)

test.group('Numbers of changes', () => {
  test('are given once, however many ask at one moment', async ({ assert }) => {
    await numberChanges()
    const [scope, head] = [newUuid(), await headNow()]
    await insertChanges(range(0, 300).map(() => ({ scope })))
    await Promise.all(range(0, 6).map(() => numberChanges()))
    assert.deepEqual(await seqsOf(scope), range(head + 1, 300))
    assert.equal(await headNow(), head + 300)
  })

  test('are given to more than one statement takes, in the order in which they were written', async ({ assert }) => {
    await numberChanges()
    const [scope, head] = [newUuid(), await headNow()]
    await insertChanges(range(0, 10_050).map(() => ({ scope })))
    await numberChanges()
    assert.deepEqual(await seqsOf(scope), range(head + 1, 10_050))
    await db.from('sync_changes').where('scope', scope).delete()
  })

  test('are not given to what is not committed, which is neither waited for nor kept waiting', async ({ assert }) => {
    const [open, done] = [newUuid(), newUuid()]
    const writer = await db.transaction()
    await insertChanges([{ scope: open }], writer)
    await insertChanges([{ scope: done }])
    await numberChanges()
    assert.isNumber((await seqsOf(done))[0])
    await insertChanges([{ scope: open }], writer)
    const sequencer = await db.transaction()
    await sequencer.rawQuery('select seq from sync_heads where id = 1 for update')
    await insertChanges([{ scope: open }], writer)
    await writer.commit()
    await sequencer.rollback()
    assert.deepEqual(await seqsOf(open), [null, null, null])
    await numberChanges()
    for (const seq of await seqsOf(open)) assert.isNumber(seq)
  }).skip(() => !isMysql(), ONE_WRITER)

  test('bring a change that was committed late, though its id is lower than one already pulled', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const [late, early] = [await someConsultation(doctor, patient), await someConsultation(doctor, patient)]
    const device = await deviceAt(doctor)
    const correct = (id: string, trx?: Awaited<ReturnType<typeof db.transaction>>) => {
      const owned = trx && { client: trx, refusals: [], numbers: [] }
      return correctConsultation({ ...callerOf(doctor), trx: owned }, { id, version: 1, notes: 'Revue demain' })
    }
    const writer = await db.transaction()
    await correct(late.uuid, writer)
    await correct(early.uuid)
    assert.deepEqual(uuidsTold(await device.pull()), [early.uuid])
    await writer.commit()
    assert.deepEqual(uuidsTold(await device.pull()), [late.uuid])
    const ids = await db
      .from('sync_changes')
      .whereIn('entity_uuid', [late.uuid, early.uuid])
      .where('version', 2)
      .orderBy('id')
    assert.deepEqual(
      ids.map(({ entity_uuid }) => entity_uuid),
      [late.uuid, early.uuid],
      'a cursor over ids would have passed by the late one'
    )
  }).skip(() => !isMysql(), ONE_WRITER)

  test('miss nothing while many write and two pull', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const made = await Promise.all(range(0, 8).map(() => someConsultation(doctor, patient)))
    const readers = [await deviceAt(doctor), await deviceAt(doctor)]
    let isOver = false
    const pulled = readers.map(async (device) => {
      const versions = new Map<string, number>()
      for (let isLast = false; !isLast;) {
        isLast = isOver
        const { changes } = await device.pull({ limit: 3 })
        for (const change of changes)
          if (change.op === 'upsert') versions.set(change.record.row.uuid, change.record.row.version)
        isLast &&= changes.length === 0
      }
      return versions
    })
    await Promise.all(
      made.map(async ({ uuid: id }) => {
        for (const version of range(1, 8))
          await correctConsultation(callerOf(doctor), { id, version, notes: `Note ${version}` })
      })
    )
    isOver = true
    for (const versions of await Promise.all(pulled))
      assert.deepEqual([...versions].sort(), made.map(({ uuid }) => [uuid, 9] as [string, number]).sort())
  }).timeout(60_000)
})
