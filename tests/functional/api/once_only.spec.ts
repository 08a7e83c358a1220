import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { revoke } from '#app/users/change_grants'
import { callerOf, someone } from '#tests/acting'
import { apiCallerWith, PATIENTS, type ApiCaller } from '#tests/functional/api_caller'
import { auditOf } from '#tests/functional/core/probe'
import { aPatient, someDigits, somePatient } from '#tests/functional/patients/some_patient'

const keyed = (key: string) => ({ 'Idempotency-Key': key })
const countPatients = async (mrn: string) => (await db.from('patients').where('mrn', mrn)).length
const kept = async (key: string) => (await db.from('sync_mutations').where('mutation_id', key)).length

test.group('Idempotency-Key: refusals', (group) => {
  group.each.teardown(() => moveClock(0))

  test('the same key with another body is 422, and makes nothing', async ({ client, assert }) => {
    const [api, key, mrn] = [await apiCallerWith(client, 'reception'), newUuid(), `K${someDigits()}`]
    const first = await api.post(PATIENTS, aPatient({ mrn }), keyed(key))
    const other = await api.post(PATIENTS, aPatient({ mrn: `${mrn}B` }), keyed(key))
    assert.deepEqual([first.status(), other.status(), other.body().code], [201, 422, 'mutation_id_reused'])
    assert.equal(await countPatients(`${mrn}B`), 0)
  })

  test('a key of odd signs or of great length is 422', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'reception')
    for (const key of ['a b', 'é', 'x'.repeat(129)]) {
      const answer = await api.post(PATIENTS, aPatient(), keyed(key))
      assert.equal(answer.status(), 422, key)
      assert.equal(answer.body().errors[0].code, 'idempotency_key')
    }
  })

  test('a refusal is not kept: the corrected request goes through under the same key', async ({ client, assert }) => {
    const [api, key, mrn] = [await apiCallerWith(client, 'reception'), newUuid(), `K${someDigits()}`]
    const bad = await api.post(PATIENTS, aPatient({ mrn, dob: 'x' }), keyed(key))
    assert.equal(bad.status(), 422)
    assert.equal(await kept(key), 0)
    assert.deepEqual(
      (await auditOf(bad.requestId)).map(({ outcome }) => outcome),
      ['refused']
    )
    const good = await api.post(PATIENTS, aPatient({ mrn }), keyed(key))
    assert.deepEqual([good.status(), await countPatients(mrn)], [201, 1])
  })

  test('a replay is authorised anew: whoever lost the right gets no record out of an old key', async ({
    client,
    assert,
  }) => {
    const [api, key] = [await apiCallerWith(client, 'reception'), newUuid()]
    const body = aPatient()
    const first = await api.post(PATIENTS, body, keyed(key))
    await revoke(callerOf(), { user: api.user.uuid, role: 'reception' })
    const again = await api.post(PATIENTS, body, keyed(key))
    assert.deepEqual([first.status(), again.status()], [201, 403])
    assert.deepEqual(
      (await auditOf(again.requestId)).map(({ action, outcome }) => [action, outcome]),
      [['patients.open', 'refused']]
    )
  })

  test('a key is one person’s: another person’s request is their own', async ({ client, assert }) => {
    const key = newUuid()
    const answers = []
    for (const api of [await apiCallerWith(client, 'reception'), await apiCallerWith(client, 'reception')])
      answers.push(await api.post(PATIENTS, aPatient(), keyed(key)))
    assert.deepEqual(
      answers.map((answer) => answer.status()),
      [201, 201]
    )
    assert.notEqual(answers[0]!.body().data.id, answers[1]!.body().data.id)
  })
})

test.group('Idempotency-Key', (group) => {
  group.each.teardown(() => moveClock(0))

  test('a repeated request gets the same record and says so; one effect, two accesses', async ({ client, assert }) => {
    const [api, key, mrn] = [await apiCallerWith(client, 'reception'), newUuid(), `K${someDigits()}`]
    const first = await api.post(PATIENTS, aPatient({ mrn }), keyed(key))
    const again = await api.post(PATIENTS, aPatient({ mrn }), keyed(key))
    assert.deepEqual([first.status(), again.status()], [201, 201])
    assert.deepEqual(again.body(), first.body())
    assert.deepEqual([first.header('idempotency-replayed'), again.header('idempotency-replayed')], [undefined, 'true'])
    assert.equal(again.header('location'), first.header('location'))
    assert.equal(await countPatients(mrn), 1)
    assert.deepEqual(
      (await auditOf(again.requestId)).map(({ action, outcome }) => [action, outcome]),
      [['patients.open', 'done']]
    )
  })

  test('twenty at once make one record', async ({ client, assert }) => {
    const [api, key, mrn] = [await apiCallerWith(client, 'reception'), newUuid(), `K${someDigits()}`]
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => api.post(PATIENTS, aPatient({ mrn }), keyed(key)))
    )
    assert.deepEqual([...new Set(answers.map((answer) => answer.status()))], [201])
    assert.equal(new Set(answers.map((answer) => answer.body().data.id)).size, 1)
    assert.equal(answers.filter((answer) => answer.header('idempotency-replayed')).length, 19)
    assert.equal(await countPatients(mrn), 1)
  })

  test('twenty different ones of one person do not stand in each other’s way', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'reception')
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => api.post(PATIENTS, aPatient(), keyed(newUuid())))
    )
    assert.deepEqual([...new Set(answers.map((answer) => answer.status()))], [201])
  })

  test('control: without a key a repeated request is a second record', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'reception')
    const ids = [await api.post(PATIENTS, aPatient()), await api.post(PATIENTS, aPatient())].map(
      (answer) => answer.body().data.id
    )
    assert.notEqual(ids[0], ids[1])
  })

  test('is forgotten after a day', async ({ client, assert }) => {
    const [api, key] = [await apiCallerWith(client, 'reception'), newUuid()]
    const first = await api.post(PATIENTS, aPatient(), keyed(key))
    moveClock(23 * 3_600_000)
    const late = await apiWithin(api, () => api.post(PATIENTS, aPatient(), keyed(key)))
    moveClock(25 * 3_600_000)
    const tooLate = await apiWithin(api, () => api.post(PATIENTS, aPatient(), keyed(key)))
    assert.equal(late.body().data.id, first.body().data.id)
    assert.equal(tooLate.status(), 201)
    assert.notEqual(tooLate.body().data.id, first.body().data.id)
    assert.equal(await kept(key), 1)
  })

  /** Lets the token of an hour live on while the clock is moved. */
  async function apiWithin<T>(api: ApiCaller, work: () => Promise<T>): Promise<T> {
    await db.from('access_tokens').where('tokenable_id', api.user.id).update({ expires_at: '2199-01-01 00:00:00.000' })
    return work()
  }

  test('holds for an assignment and a restoration too', async ({ client, assert }) => {
    const [api, admin] = [await apiCallerWith(client, 'reception'), await apiCallerWith(client, 'admin')]
    const [doctor, patient] = [await someone('doctor'), await somePatient()]
    const path = `/api/v1/doctors/${doctor.uuid}/patients/${patient.uuid}`
    const key = newUuid()
    const assigned = [await api.post(path, {}, keyed(key)), await api.post(path, {}, keyed(key))]
    assert.deepEqual(
      assigned.map((answer) => answer.status()),
      [201, 201]
    )
    assert.equal(assigned[0]!.body().data.id, assigned[1]!.body().data.id)
    assert.equal((await api.post(path, {}, keyed(newUuid()))).body().code, 'already_assigned')

    await admin.delete(`${PATIENTS}/${patient.uuid}`, { version: 1 })
    const again = newUuid()
    const restored = [1, 2].map(
      () => () => admin.post(`${PATIENTS}/${patient.uuid}/restoration`, { version: 2 }, keyed(again))
    )
    const [first, second] = [await restored[0]!(), await restored[1]!()]
    assert.deepEqual([first.status(), second.status(), second.body().data.version], [200, 200, 3])
  })
})
