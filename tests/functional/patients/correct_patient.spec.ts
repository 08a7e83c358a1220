import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { dataKeysById } from '#app/keys/data_keys'
import { dataKeyIdOf, openField } from '#app/keys/field_crypto'
import { searchPatients } from '#app/patients/find_patients'
import { callerOf } from '#tests/acting'
import { apiCallerWith, PATIENTS } from '#tests/functional/api_caller'
import { auditOf } from '#tests/functional/core/probe'
import { someDigits, somePatient, someWord } from '#tests/functional/patients/some_patient'

const at = ({ uuid }: { uuid: string }) => `${PATIENTS}/${uuid}`
const rowOf = ({ uuid }: { uuid: string }) => db.from('patients').where('uuid', uuid).firstOrFail()
const versionsOf = ({ uuid }: { uuid: string }) =>
  db.from('record_versions').where('entity_uuid', uuid).orderBy('version')

test.group('Correct a patient: refusals', () => {
  test('without the version that was read it is 428, and nothing changes', async ({ client, assert }) => {
    const [api, patient] = [await apiCallerWith(client, 'reception'), await somePatient()]
    const answer = await api.patch(at(patient), { sex: 'male' })
    assert.deepEqual([answer.status(), answer.body().code], [428, 'version_required'])
    assert.deepInclude(await rowOf(patient), { sex: 'female', version: 1 })
  })

  test('on a stale version it is 409 with both versions', async ({ client, assert }) => {
    const [api, patient] = [await apiCallerWith(client, 'reception'), await somePatient()]
    await api.patch(at(patient), { version: 1, sex: 'male' })
    for (const [body, headers] of [
      [{ version: 1, sex: 'other' }, {}],
      [{ sex: 'other' }, { 'If-Match': '"1"' }],
      [{ version: 2, sex: 'other' }, { 'If-Match': '"1"' }],
    ] as const) {
      const answer = await api.patch(at(patient), body, headers)
      assert.deepInclude(answer.body(), { status: 409, code: 'stale_version', server_version: 2, client_version: 1 })
      assert.deepEqual(
        (await auditOf(answer.requestId)).map(({ outcome, http_status }) => [outcome, http_status]),
        [['refused', 409]]
      )
    }
    assert.deepInclude(await rowOf(patient), { sex: 'male', version: 2 })
  })

  test('a version that is none is 422', async ({ client, assert }) => {
    const [api, patient] = [await apiCallerWith(client, 'reception'), await somePatient()]
    for (const tag of ['*', '1', '"x"', 'W/"', '"1", "2"'])
      assert.equal((await api.patch(at(patient), {}, { 'If-Match': tag })).status(), 422, tag)
    for (const version of [0, -1, 1.5, 'x', null, {}])
      assert.equal((await api.patch(at(patient), { version })).status(), 422)
  })

  test('a name, a sex or a birth cannot be emptied', async ({ client, assert }) => {
    const [api, patient] = [await apiCallerWith(client, 'reception'), await somePatient()]
    for (const field of ['family_name', 'given_name', 'sex', 'dob']) {
      const answer = await api.patch(at(patient), { version: 1, [field]: null })
      assert.deepEqual([answer.status(), answer.body().errors?.[0].pointer], [422, `/${field}`])
    }
    assert.equal((await rowOf(patient)).version, 1)
  })

  test('what is not for correcting is refused: number, id, retirement', async ({ client, assert }) => {
    const [api, patient] = [await apiCallerWith(client, 'reception'), await somePatient()]
    for (const field of ['mrn', 'retired_at', 'uuid', 'user_id', 'merged_into_id', 'created_at'])
      assert.equal((await api.patch(at(patient), { version: 1, [field]: 'x' })).status(), 422, field)
  })

  test('another patient’s national id is 409, one’s own is not', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'reception')
    const [mine, theirs] = [`CI${someDigits()}`, `CI${someDigits()}`]
    const patient = await somePatient({ national_id: mine })
    await somePatient({ national_id: theirs })
    assert.equal((await api.patch(at(patient), { version: 1, national_id: theirs })).body().code, 'national_id_taken')
    assert.equal((await api.patch(at(patient), { version: 1, national_id: mine.toLowerCase() })).status(), 200)
  })

  test('of ten corrections of one version that come at once, one gets in', async ({ client, assert }) => {
    const [api, patient] = [await apiCallerWith(client, 'reception'), await somePatient()]
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => api.patch(at(patient), { version: 1, address: `Rue ${n}` }))
    )
    assert.deepEqual(answers.map((answer) => answer.status()).sort(), [200, ...Array(9).fill(409)])
    assert.equal((await rowOf(patient)).version, 2)
    assert.lengthOf(await versionsOf(patient), 1)
  })
})

test.group('Correct a patient', () => {
  test('changes what is named, leaves what is not, empties what is null', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'reception')
    const patient = await somePatient({ phone: '+221771112233', address: 'Rue 10', email: 'a@example.org' })
    const answer = await api.patch(at(patient), { address: 'Rue 11', email: null }, { 'If-Match': '"1"' })
    assert.deepInclude(answer.body().data, { address: 'Rue 11', email: null, phone: '+221771112233', version: 2 })
    assert.equal(answer.header('etag'), '"2"')
    const [row] = await auditOf(answer.requestId)
    assert.includeMembers(JSON.parse(row!.details).fields, ['address', 'email'])
    assert.notInclude(JSON.parse(row!.details).fields, 'phone')
  })

  test('keeps the former version, sealed by the patient’s key', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'reception')
    const digits = someDigits()
    const patient = await somePatient({ address: `Rue ${digits}`, deceased_at: '2024-01-02T03:04:05.678Z' })
    await api.patch(at(patient), { version: 1, address: 'Rue 2', family_name: 'Sow' })
    await api.patch(at(patient), { version: 2, address: null })
    const kept = await versionsOf(patient)
    assert.deepEqual(
      kept.map(({ version, entity, patient_uuid, via }) => [version, entity, patient_uuid, via]),
      [
        [1, 'patient', patient.uuid, 'api'],
        [2, 'patient', patient.uuid, 'api'],
      ]
    )
    assert.isFalse(kept[0].body.includes(digits))
    const place = { table: 'record_versions', column: 'body', uuid: kept[0].uuid }
    const id = dataKeyIdOf(kept[0].body, place)
    const key = (await dataKeysById([id], db.connection())).get(id.toString('latin1'))!
    const former = JSON.parse(openField({ key }, kept[0].body, place))
    assert.deepInclude(former, { family_name: 'Diallo', address: `Rue ${digits}`, version: 1 })
    const { subject_uuid } = await db.from('data_keys').where('id', id).firstOrFail()
    assert.equal(subject_uuid, patient.uuid)
  })

  test('writes a change a version, for devices', async ({ client, assert }) => {
    const [api, patient] = [await apiCallerWith(client, 'reception'), await somePatient()]
    await api.patch(at(patient), { version: 1, sex: 'male' })
    const changes = await db.from('sync_changes').where('entity_uuid', patient.uuid).orderBy('id')
    assert.deepEqual(
      changes.map(({ version, op }) => [version, op]),
      [
        [1, 'upsert'],
        [2, 'upsert'],
      ]
    )
  })

  test('that corrects nothing writes no version and no change', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'reception')
    const patient = await somePatient({ phone: '+221771112233', deceased_at: '2024-01-02T03:04:05.678Z' })
    for (const body of [
      { version: 1 },
      { version: 1, phone: '+221771112233', sex: 'female' },
      { version: 1, deceased_at: '2024-01-02T04:04:05.678+01:00' },
    ]) {
      const answer = await api.patch(at(patient), body)
      assert.deepEqual([answer.status(), answer.body().data.version], [200, 1], JSON.stringify(body))
    }
    assert.lengthOf(await versionsOf(patient), 0)
  })

  test('is found under the new name and not under the old one', async ({ client, assert }) => {
    const [before, after] = [someWord(), someWord()]
    const [api, patient] = [await apiCallerWith(client, 'reception'), await somePatient({ family_name: before })]
    await api.patch(at(patient), { version: 1, family_name: after })
    const found = async (name: string) => (await searchPatients(callerOf(), { name })).rows.map(({ uuid }) => uuid)
    assert.deepEqual([await found(before), await found(after)], [[], [patient.uuid]])
  })
})

test.group('An entity tag', () => {
  test('that is known is answered by 304 without a body, and the access is audited all the same', async ({
    client,
    assert,
  }) => {
    const [api, patient] = [await apiCallerWith(client, 'reception'), await somePatient()]
    for (const tag of ['"1"', 'W/"1"', '"7", "1"', '*']) {
      const answer = await api.get(at(patient), { 'If-None-Match': tag })
      assert.deepEqual([answer.status(), answer.text() || '', answer.header('etag')], [304, '', '"1"'], tag)
      const rows = await auditOf(answer.requestId)
      assert.deepEqual(
        rows.map(({ action, outcome }) => [action, outcome]),
        [['patients.open', 'done']]
      )
    }
  })

  test('of a former version gets the new one', async ({ client, assert }) => {
    const [api, patient] = [await apiCallerWith(client, 'reception'), await somePatient()]
    await api.patch(at(patient), { version: 1, sex: 'male' })
    const answer = await api.get(at(patient), { 'If-None-Match': '"1"' })
    assert.deepEqual([answer.status(), answer.body().data.version], [200, 2])
  })

  test('opens nothing to whoever may not see it', async ({ client, assert }) => {
    const [api, patient] = [await apiCallerWith(client, 'lab'), await somePatient()]
    assert.equal((await api.get(at(patient), { 'If-None-Match': '"1"' })).status(), 403)
  })
})
