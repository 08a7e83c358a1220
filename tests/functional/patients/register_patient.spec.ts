import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { newUuid } from '#app/core/ids'
import { apiCallerWith, PATIENTS } from '#tests/functional/api_caller'
import { auditOf } from '#tests/functional/core/probe'
import { aPatient, someDigits, somePatient } from '#tests/functional/patients/some_patient'

const rowsWith = (mrn: string) => db.from('patients').where('mrn', mrn)

test.group('Register a patient: refusals', () => {
  test('refuses a misspelt field instead of losing it', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'reception')
    const answer = await api.post(PATIENTS, aPatient({ phnoe: '77' }))
    answer.assertStatus(422)
    assert.deepEqual(answer.body().errors, [
      { pointer: '/phnoe', code: 'unknown_field', detail: answer.body().errors[0].detail },
    ])
  })

  test('refuses what cannot be: birth tomorrow, death before birth, a phone without digits', async ({
    client,
    assert,
  }) => {
    const api = await apiCallerWith(client, 'reception')
    const cases: [object, string, string][] = [
      [{ dob: '2199-01-01' }, 'invalid', '/dob'],
      [{ dob: '1990-02-30' }, 'invalid', '/dob'],
      [{ deceased_at: '1950-01-01T00:00:00Z' }, 'born_after_death', '/deceased_at'],
      [{ phone: '-- --' }, 'invalid', '/phone'],
      [{ national_id: '12', national_id_country: 'FR' }, 'invalid', '/national_id'],
      [{ national_id: '1850578006048 00', national_id_country: 'FR' }, 'invalid', '/national_id'],
      [{ national_id: 'AB123', national_id_country: 'ZZ' }, 'invalid', '/national_id'],
      [{ id: '9f3c1a52-6c1e-4a54-9d1c-2f8d5b0a7e11' }, 'invalid', '/id'],
      [{ sex: 'F' }, 'invalid', '/sex'],
    ]
    for (const [more, code, pointer] of cases) {
      const answer = await api.post(PATIENTS, aPatient(more))
      assert.deepEqual([answer.status(), answer.body().code, answer.body().errors[0].pointer], [422, code, pointer])
      assert.notMatch(answer.body().errors[0].detail, /^La valeur n’est pas acceptée\.$/, JSON.stringify(more))
    }
  })

  test('refuses a national id that somebody has, and names the record only to whoever may open it', async ({
    client,
    assert,
  }) => {
    const national_id = `NI${someDigits()}`
    const first = await somePatient({ national_id })
    const mrn = `N${someDigits()}`
    const desk = await (
      await apiCallerWith(client, 'reception')
    ).post(PATIENTS, aPatient({ national_id: national_id.toLowerCase(), mrn }))
    assert.deepEqual([desk.status(), desk.body().code, desk.body().patient_id], [409, 'national_id_taken', first.uuid])
    assert.equal(desk.body().errors[0].pointer, '/national_id')
    const nurse = await (await apiCallerWith(client, 'nurse')).post(PATIENTS, aPatient({ national_id, mrn }))
    assert.deepEqual([nurse.status(), nurse.body().code], [409, 'national_id_taken_ask'])
    assert.notInclude(nurse.text(), first.uuid)
    assert.lengthOf(await rowsWith(mrn), 0)
    assert.deepEqual(
      (await auditOf(nurse.requestId)).map(({ outcome, http_status }) => [outcome, http_status]),
      [['refused', 409]]
    )
  })

  test('a retired patient keeps their national id', async ({ client, assert }) => {
    const national_id = `NI${someDigits()}`
    const patient = await somePatient({ national_id })
    await (await apiCallerWith(client, 'admin')).delete(`${PATIENTS}/${patient.uuid}`, { version: 1 })
    const answer = await (await apiCallerWith(client, 'reception')).post(PATIENTS, aPatient({ national_id }))
    assert.equal(answer.status(), 409)
  })

  test('the same id in another country is another id', async ({ client, assert }) => {
    const digits = someDigits().slice(0, 8)
    const api = await apiCallerWith(client, 'reception')
    const statuses = []
    for (const national_id_country of ['TN', 'generic', 'TN'])
      statuses.push((await api.post(PATIENTS, aPatient({ national_id: digits, national_id_country }))).status())
    assert.deepEqual(statuses, [201, 201, 409])
  })

  test('refuses a record number that is used, whatever its case, and an id that is used', async ({
    client,
    assert,
  }) => {
    const api = await apiCallerWith(client, 'reception')
    const [mrn, id] = [`R${someDigits()}`, newUuid()]
    assert.equal((await api.post(PATIENTS, aPatient({ mrn, id }))).status(), 201)
    const number = await api.post(PATIENTS, aPatient({ mrn: mrn.toLowerCase() }))
    assert.deepEqual([number.status(), number.body().code, number.body().errors[0].pointer], [409, 'mrn_taken', '/mrn'])
    const again = await api.post(PATIENTS, aPatient({ id }))
    assert.deepEqual(
      [again.status(), again.body().code, again.body().errors[0].pointer],
      [409, 'patient_exists', '/id']
    )
    for (const { errors } of [number.body(), again.body()]) assert.notMatch(errors[0].detail, /^La valeur n’est pas/)
    assert.lengthOf(await rowsWith(mrn), 1)
  })

  test('of ten that come at once with one national id, number or id, one gets in', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'reception')
    for (const same of [{ national_id: `NI${someDigits()}` }, { mrn: `R${someDigits()}` }, { id: newUuid() }]) {
      const answers = await Promise.all(Array.from({ length: 10 }, () => api.post(PATIENTS, aPatient(same))))
      const statuses = answers.map((answer) => answer.status()).sort()
      assert.deepEqual(statuses, [201, ...Array(9).fill(409)], JSON.stringify(same))
    }
  })
})

test.group('Register a patient', () => {
  test('gives a number, a version and an address to what it registered', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'reception')
    const input = aPatient({
      national_id: `X-${someDigits()}`,
      phone: '+221 77 123 45 67',
      email: 'awa@example.org',
      address: 'Rue 10\nDakar',
      deceased_at: '2024-05-06T07:08:09.123Z',
    })
    const answer = await api.post(PATIENTS, input)
    assert.equal(answer.status(), 201, answer.text())
    const { data, meta } = answer.body()
    assert.isUndefined(meta)
    assert.deepInclude(data, { ...input, version: 1, national_id_country: 'generic', retired_at: null })
    assert.match(data.mrn, /^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]$/)
    assert.equal(answer.header('location'), `${PATIENTS}/${data.id}`)
    assert.equal(answer.header('etag'), '"1"')
    assert.equal(answer.header('cache-control'), 'no-store')
    const shown = await api.get(answer.header('location')!)
    assert.deepEqual(shown.body(), { data })
  })

  test('shows no numeric id and no column that nobody listed', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'reception')
    const { data } = (await api.post(PATIENTS, aPatient())).body()
    assert.sameMembers(Object.keys(data), [
      ...[
        'id',
        'mrn',
        'family_name',
        'given_name',
        'sex',
        'dob',
        'national_id',
        'national_id_country',
        'phone',
        'email',
      ],
      ...['address', 'deceased_at', 'retired_at', 'version', 'created_at', 'updated_at'],
    ])
    assert.match(data.id, /^[0-9a-f]{8}-[0-9a-f]{4}-7/)
  })

  test('takes the id that a device made while it was offline', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'reception')
    const id = newUuid()
    const answer = await api.post(PATIENTS, aPatient({ id: id.toUpperCase() }))
    assert.deepEqual([answer.status(), answer.body().data.id], [201, id])
  })

  test('a clinician treats whom they register; the desk does not', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const registered = await doctor.post(PATIENTS, aPatient())
    assert.equal(registered.status(), 201, registered.text())
    assert.equal((await doctor.get(registered.header('location')!)).status(), 200)
    const desk = await apiCallerWith(client, 'reception')
    const { id } = (await desk.post(PATIENTS, aPatient())).body().data
    const patient = await db.from('patients').where('uuid', id).firstOrFail()
    assert.lengthOf(await db.from('doctor_patient').where('patient_id', patient.id), 0)
  })

  test('writes the change that devices will pull, and no former version', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'reception')
    const { id } = (await api.post(PATIENTS, aPatient())).body().data
    const changes = await db.from('sync_changes').where('scope', id)
    assert.lengthOf(changes, 1)
    assert.deepInclude(changes[0], { entity: 'patient', entity_uuid: id, version: 1, op: 'upsert', seq: null })
    assert.lengthOf(await db.from('record_versions').where('entity_uuid', id), 0)
  })

  test('keeps a name of very long words, in any script', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'reception')
    for (const family_name of [
      `${'a'.repeat(70)} b`,
      'ﷺ'.repeat(40),
      '𞤀𞤁𞤂𞤃',
      'محمد',
      '王',
      '’',
      'İIıi',
      'ǅ'.repeat(100),
    ]) {
      const answer = await api.post(PATIENTS, aPatient({ family_name }))
      assert.equal(answer.status(), 201, `${family_name} ${answer.text()}`)
      assert.equal(answer.body().data.family_name, family_name)
    }
  })
})
