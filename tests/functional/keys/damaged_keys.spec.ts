import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { now, toSqlInstant } from '#app/core/clock'
import { wrappedAnew } from '#app/keys/data_keys'
import { keyring } from '#app/keys/keyring_service'
import { LocalKeyProvider } from '#app/keys/local_provider'
import { tally } from '#app/metrics/tally'
import type Patient from '#app/patients/patient'
import { rotateDataKeys } from '#app/rotations/rotate_data_keys'
import { dataDir } from '#start/env'
import { callerOf, someone } from '#tests/acting'
import { apiCaller } from '#tests/functional/api_caller'
import { aConsultation, patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { auditOf } from '#tests/functional/core/probe'
import { anotherKeyring, done, register, within } from '#tests/functional/keys/rotating'
import { aCall, deviceOf } from '#tests/functional/sync/device_caller'
import { deviceAt } from '#tests/functional/sync/pulling'

const keyOf = ({ uuid }: Patient) => db.from('data_keys').where('subject_uuid', uuid)

function flipped(bytes: Buffer): Buffer {
  const broken = Buffer.from(bytes)
  broken[broken.length - 1]! ^= 1
  return broken
}

const mastersMade: number[] = []

/** A further master key, as a rotation leaves it. */
async function formerMaster(): Promise<number> {
  const at = toSqlInstant(now())
  const { kekUri, wrapped } = await keyring().provider.wrap(randomBytes(32), 'medinfo/master')
  const row = { kek_uri: kekUri, wrapped, state: 'decrypt', created_at: at, updated_at: at }
  const [id] = await db.table('master_keys').insert(row)
  mastersMade.push(Number(id))
  return Number(id)
}

/** Moves a patient's key under a master key of its own. */
async function underFormerMaster(patient: Patient): Promise<number> {
  const id = await formerMaster()
  const row = await keyOf(patient).firstOrFail()
  const [from, to] = [await keyring().master(Number(row.master_key_id)), await keyring().master(id)]
  await keyOf(patient).update({ master_key_id: id, wrapped: wrappedAnew(row, from.key, to.key) })
  return id
}

/** What becomes of the key of a patient; each can be read before. */
const DAMAGE: Record<string, (patient: Patient) => Promise<unknown>> = {
  'has one bit that is another': async (patient) => {
    const { wrapped } = await keyOf(patient).firstOrFail()
    await keyOf(patient).update({ wrapped: flipped(wrapped) })
  },
  'is cut off': async (patient) => {
    const { wrapped } = await keyOf(patient).firstOrFail()
    await keyOf(patient).update({ wrapped: wrapped.subarray(0, 20) })
  },
  'was wrapped by another master key than it says': async (patient) =>
    keyOf(patient).update({ master_key_id: await formerMaster() }),
  'is wrapped by a master key that is damaged': async (patient) => {
    const id = await underFormerMaster(patient)
    const { wrapped } = await db.from('master_keys').where({ id }).firstOrFail()
    await db
      .from('master_keys')
      .where({ id })
      .update({ wrapped: flipped(wrapped) })
  },
  'is wrapped by a master key that is destroyed': async (patient) => {
    const id = await underFormerMaster(patient)
    await db
      .from('master_keys')
      .where({ id })
      .update({ wrapped: Buffer.alloc(1), state: 'destroyed' })
  },
}

/** As a process that has just started, with nothing in memory. */
const anew = <T>(work: () => Promise<T>) => within(anotherKeyring(), work)
const keysAway = <T>(work: () => Promise<T>) =>
  within(anotherKeyring(new LocalKeyProvider(join(dataDir(), 'nowhere.json'))), work)

test.group('A data key that does not open', (group) => {
  const touched: { id: Buffer; wrapped: Buffer; master_key_id: number }[] = []
  // The next test lists and rotates whoever is there.
  group.each.teardown(async () => {
    for (const { id, wrapped, master_key_id } of touched.splice(0))
      await db.from('data_keys').where({ id }).update({ wrapped, master_key_id })
    await db.from('master_keys').whereIn('id', mastersMade.splice(0)).delete()
  })

  async function damages(damage: (patient: Patient) => Promise<unknown>, patient: Patient) {
    touched.push(...(await keyOf(patient).select('id', 'wrapped', 'master_key_id')))
    await damage(patient)
  }

  for (const [name, damage] of Object.entries(DAMAGE))
    test(`because it ${name}, is a field that cannot be read: 500 with the request’s id, in the audit and counted`, async ({
      client,
      assert,
    }) => {
      const doctor = await someone('doctor')
      const [mine, other] = [await patientOf(doctor), await patientOf(doctor)]
      const [visit, readable] = [await someConsultation(doctor, mine), await someConsultation(doctor, other)]
      const caller = await apiCaller(client, doctor)
      const show = (uuid: string) => caller.get(`/api/v1/consultations/${uuid}`)
      const control = await anew(() => show(visit.uuid))
      assert.equal(control.status(), 200)
      await damages(damage, mine)
      const ask: Record<string, () => ReturnType<typeof show>> = {
        'to read': () => show(visit.uuid),
        'to write what is sealed by it': () => caller.post('/api/v1/consultations', aConsultation(mine)),
      }
      for (const [what, send] of Object.entries(ask)) {
        const before = tally.fieldsUnreadable
        const answer = await anew(send)
        const { status, code, request_id: requestId } = answer.body()
        assert.deepEqual([answer.status(), status, code], [500, 500, 'internal_error'], what)
        assert.deepEqual([requestId, tally.fieldsUnreadable - before], [answer.requestId, 1], what)
        const [entry, ...more] = await auditOf(answer.requestId)
        assert.deepEqual([entry!.outcome, entry!.http_status, more], ['failed', 500, []], what)
      }
      const others = await anew(() => show(readable.uuid))
      assert.equal(others.status(), 200, 'control: the others open')
    })

  test('keeps no pull and no load from the other charts, and is told by the chart’s id', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const patients = [await patientOf(doctor), await patientOf(doctor), await patientOf(doctor)]
    const { epoch, cursor } = await deviceAt(doctor)
    const visits = []
    for (const patient of patients) visits.push(await someConsultation(doctor, patient))
    await damages(DAMAGE['has one bit that is another']!, patients[1]!)
    const device = await deviceOf(client, doctor)
    const before = tally.fieldsUnreadable
    const pulled = await anew(() => device.send(aCall(device.uuid, [], { epoch, cursor })))
    assert.equal(pulled.status(), 200)
    const { changes, unreadable } = pulled.body()
    assert.deepEqual(unreadable, [{ scope: patients[1]!.uuid, entity: 'consultation', id: visits[1]!.uuid }])
    assert.sameMembers(
      changes.flatMap(({ entity, id }: { entity: string; id: string }) => (entity === 'consultation' ? [id] : [])),
      [visits[0]!.uuid, visits[2]!.uuid]
    )
    assert.isAbove(tally.fieldsUnreadable, before)
    const loaded = await anew(async () =>
      client.get('/api/v1/sync/bootstrap').header('authorization', `Device ${device.credential}`)
    )
    const lines = loaded
      .text()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
    assert.sameMembers(
      lines.flatMap((line) => (line.kind === 'chart' ? [line.patient.id] : [])),
      [patients[0]!.uuid, patients[2]!.uuid]
    )
    const left = lines.flatMap((line) => (line.kind === 'unreadable' ? [line.patient] : []))
    assert.deepEqual([left, lines.at(-1).kind], [[patients[1]!.uuid], 'end'])
  })

  test('stops no rotation of that patient: a new key is the active one, and what the former sealed is left and told', async ({
    assert,
  }) => {
    const patient = await register()
    await damages(DAMAGE['has one bit that is another']!, patient)
    const { phone } = await db.from('patients').where('id', patient.id).firstOrFail()
    const { uuid } = patient
    await assert.rejects(() => anew(() => done(rotateDataKeys(callerOf(), { patient: uuid }))), /values_unreadable/)
    const row = await db.from('patients').where('id', patient.id).firstOrFail()
    assert.instanceOf(phone, Buffer)
    assert.deepEqual(row.phone, phone)
    const states = await keyOf(patient).orderBy('generation')
    assert.deepEqual(
      states.map(({ state }) => state),
      ['decrypt', 'active']
    )
  })
})

test.group('While the keys are away', () => {
  test('no field counts as unreadable: reading, writing and a pull are 503, and a load is cut', async ({
    client,
    assert,
  }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const { epoch, cursor } = await deviceAt(doctor)
    const visit = await someConsultation(doctor, patient)
    const caller = await apiCaller(client, doctor)
    const device = await deviceOf(client, doctor)
    const ask: Record<string, () => Promise<{ status(): number; body(): any }>> = {
      read: () => caller.get(`/api/v1/consultations/${visit.uuid}`),
      write: () => caller.post('/api/v1/consultations', aConsultation(patient)),
      pull: () => device.send(aCall(device.uuid, [], { epoch, cursor })),
    }
    const before = tally.fieldsUnreadable
    for (const [what, send] of Object.entries(ask)) {
      const answer = await keysAway(send)
      assert.deepEqual([answer.status(), answer.body().code], [503, 'keys_unavailable'], what)
    }
    // It has begun to answer before it opens the first chart.
    const load = async () => client.get('/api/v1/sync/bootstrap').header('authorization', `Device ${device.credential}`)
    await assert.rejects(() => keysAway(load), 'aborted')
    assert.equal(tally.fieldsUnreadable, before)
    const whole = await anew(load)
    assert.match(whole.text(), /"kind":"end"}\n$/, 'control')
    const back = await anew(ask.pull!)
    assert.deepEqual([back.status(), back.body().unreadable], [200, []], 'control')
  })
})
