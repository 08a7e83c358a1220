import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { inOwnTransaction } from '#app/core/transaction'
import { activeDataKeys } from '#app/keys/data_keys'
import { rotateMaster } from '#app/keys/start_rotation'
import { correctPatient } from '#app/patients/correct_patient'
import { searchPatients } from '#app/patients/find_patients'
import { fillIndex, tokensOfVersion } from '#app/rotations/fill_index'
import { renewDataKeys } from '#app/rotations/renew_data_keys'
import { callerOf } from '#tests/acting'
import { aUniqueId } from '#tests/functional/imports/legacy_system'
import { emptyClinic } from '#tests/functional/keys/empty_clinic'
import { keysOf } from '#tests/functional/keys/full_chart'
import { anotherKeyring, done, isSomebodyWaiting, within } from '#tests/functional/keys/rotating'
import { rotateToTheEnd, rotateUntil, stopTime, tokensOfRow, versions } from '#tests/functional/keys/rotating_index'
import { someDigits, somePatient } from '#tests/functional/patients/some_patient'

const operator = callerOf()
const isMysql = () => db.connection().dialect.name === 'mysql'
const oneWriter = 'SQLite has one transaction that writes'
const aPhone = () => `+22177${someDigits().slice(-7)}`

/** Begins it within a transaction that is over once it waits for that, or has ended without. */
async function beside(write: Parameters<typeof inOwnTransaction>[0], begin: () => Promise<unknown>) {
  let other: Promise<unknown> | undefined
  await inOwnTransaction(async (owned) => {
    await write(owned)
    let isOver = false
    other = begin().finally(() => (isOver = true))
    while (!isOver && !(await isSomebodyWaiting())) continue
  })
  await other
}

test.group('While somebody writes', (group) => {
  // Of whom the other test has left something, nothing can be read.
  group.each.setup(emptyClinic)
  group.each.teardown(stopTime)

  test('an erasure stays one: a renewal that began meanwhile makes no key of what was destroyed', async ({
    assert,
  }) => {
    const { uuid } = await somePatient({ phone: aPhone() })
    const work = { type: 'patient' as const, uuids: [uuid], guard: async () => {} }
    const died = () => Promise.reject(new Error('died'))
    await assert.rejects(() => renewDataKeys({ ...work, activated: died }), 'died')
    await beside(
      ({ client }) => client.from('data_keys').where('subject_uuid', uuid).update({ state: 'shredded' }),
      () => renewDataKeys({ ...work, activated: async () => {} })
    )
    const states = (await keysOf(uuid)).map(({ state }) => state)
    assert.deepEqual(states, ['shredded', 'shredded'])
  }).skip(() => !isMysql(), oneWriter)

  test('who began before a change of the master key seals under a key that it has wrapped', async ({ assert }) => {
    const { uuid } = await somePatient({ phone: aPhone() })
    await inOwnTransaction(async ({ client }) => {
      await client.from('master_keys').select('id')
      await done(rotateMaster(operator, {}))
      const keys = await within(anotherKeyring(), () => activeDataKeys([uuid], client))
      assert.isTrue(keys.has(uuid))
    })
  }).skip(() => !isMysql(), oneWriter)

  test('the index is filled with what is then true, and keeps nothing of what was before', async ({ assert }) => {
    const [before, after] = [aPhone(), aPhone()]
    const patient = await somePatient({ phone: before, national_id: aUniqueId() })
    await rotateUntil('wait')
    const { version } = (await versions()).at(-1)!
    for (const table of ['blind_indexes', 'unique_blind_indexes'])
      await db.from(table).where({ row_uuid: patient.uuid, key_version: version }).delete()
    const tokens = await tokensOfVersion(version)
    await beside(
      (trx) => correctPatient({ ...operator, trx }, { id: patient.uuid, version: patient.version, phone: after }),
      () => inOwnTransaction(({ client }) => fillIndex([patient.id], tokens, client))
    )
    const both = [version - 1, version]
    assert.deepEqual(await tokensOfRow(patient.uuid), { unique: both, shared: both })
    await rotateToTheEnd()
    const found = async (phone: string) => (await searchPatients(operator, { phone })).rows.map(({ uuid }) => uuid)
    assert.deepEqual([await found(before), await found(after)], [[], [patient.uuid]])
  }).skip(() => !isMysql(), oneWriter)
})
