import { test } from '@japa/runner'
import { assignDoctor } from '#app/doctors/assign_doctor'
import { callerOf } from '#tests/acting'
import { apiCallerWith, PATIENTS } from '#tests/functional/api_caller'
import { patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { auditOf } from '#tests/functional/core/probe'
import { somePatient, someWord } from '#tests/functional/patients/some_patient'

const CONSULTATIONS = '/api/v1/consultations'

test.group('A choice of fields', () => {
  test('refuses a field that the answer does not have, also where the list is empty', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'doctor')
    const { uuid } = await patientOf(api.user)
    const chosen = [
      'phnoe',
      'id,phnoe',
      '',
      ',',
      'id,',
      'ID',
      'id, mrn',
      '__proto__',
      'constructor',
      'toString',
      'sort_name',
    ]
    for (const fields of chosen) {
      for (const path of [PATIENTS, `${PATIENTS}/${uuid}`, `${PATIENTS}/search`, CONSULTATIONS]) {
        const answer = await api.get(`${path}?fields=${encodeURIComponent(fields)}`)
        assert.equal(answer.status(), 422, `${path} ${fields}`)
        const [{ pointer, code }] = answer.body().errors
        assert.deepEqual([pointer, code], ['/fields', 'unknown_field'], `${path} ${fields}`)
      }
    }
    const { requestId } = await api.get(`${PATIENTS}/${uuid}?fields=phnoe`)
    assert.deepEqual(
      (await auditOf(requestId)).map(({ outcome, http_status }) => [outcome, http_status]),
      [['refused', 422]]
    )
  })

  test('refuses a choice that is no text', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'doctor')
    for (const query of ['fields=id&fields=mrn', 'fields[]=id', 'fields[a]=id']) {
      const answer = await api.get(`${PATIENTS}?${query}`)
      assert.deepEqual([answer.status(), answer.body().errors[0].pointer], [422, '/fields'], query)
    }
  })

  test('refuses other words of a query as ever', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'doctor')
    const { uuid } = await patientOf(api.user)
    for (const path of [PATIENTS, `${PATIENTS}/${uuid}`]) {
      const answer = await api.get(`${path}?fields=id&feilds=id`)
      assert.deepEqual([answer.status(), answer.body().errors[0].pointer], [422, '/feilds'], path)
    }
  })

  test('leaves of a record what it names, and the id', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'doctor')
    const patient = await patientOf(api.user)
    const answer = await api.get(`${PATIENTS}/${patient.uuid}?fields=mrn,dob,dob`)
    assert.deepEqual(answer.body(), { data: { id: patient.uuid, mrn: patient.mrn, dob: patient.dob } })
    assert.deepEqual((await api.get(`${PATIENTS}/${patient.uuid}?fields=id`)).body(), { data: { id: patient.uuid } })
    assert.equal(answer.header('etag'), '"1"')
  })

  test('leaves of each record of a list what it names, and the page as it is', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'doctor')
    for (const n of [1, 2, 3]) {
      const { uuid } = await somePatient({ family_name: `Ba${n}` })
      await assignDoctor(callerOf(), { doctor_id: api.user.uuid, patient_id: uuid })
    }
    const whole = (await api.get(`${PATIENTS}?limit=2&count=exact`)).body()
    const sparse = (await api.get(`${PATIENTS}?limit=2&count=exact&fields=family_name`)).body()
    assert.deepEqual(sparse, {
      data: whole.data.map(({ id, family_name }: Record<string, string>) => ({ id, family_name })),
      meta: whole.meta,
    })
    assert.lengthOf(sparse.data, 2)
  })

  test('leaves out what includes brought where it is not named', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'doctor')
    const patient = await patientOf(api.user)
    const { uuid } = await someConsultation(api.user, patient)
    const path = `${CONSULTATIONS}/${uuid}?include=patient,prescriptions`
    const answer = await api.get(`${path}&fields=status,patient`)
    assert.sameMembers(Object.keys(answer.body().data), ['id', 'status', 'patient'])
    assert.equal(answer.body().data.patient.id, patient.uuid)
  })

  test('of a search leaves what it names', async ({ client, assert }) => {
    const [api, word] = [await apiCallerWith(client, 'reception'), someWord()]
    const { uuid } = await somePatient({ family_name: word })
    const { data } = (await api.get(`${PATIENTS}/search?name=${word}&fields=sex`)).body()
    assert.deepEqual(data, [{ id: uuid, sex: 'female' }])
  })

  test('is nothing to a request that changes something', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'doctor')
    const { uuid } = await patientOf(api.user)
    const answer = await api.patch(`${PATIENTS}/${uuid}?fields=phnoe`, { version: 1, sex: 'male' })
    assert.deepEqual([answer.status(), answer.body().data.family_name], [200, 'Diallo'])
  })
})

test.group('The version of a record', () => {
  test('says when it came to be, and is known by its number and not by its time', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'doctor')
    const patient = await patientOf(api.user)
    const consultation = await someConsultation(api.user, patient)
    for (const path of [`${PATIENTS}/${patient.uuid}`, `${CONSULTATIONS}/${consultation.uuid}`]) {
      const answer = await api.get(path)
      const modified = answer.header('last-modified')!
      assert.equal(modified, new Date(answer.body().data.updated_at).toUTCString(), path)
      const later = new Date(Date.now() + 60_000).toUTCString()
      assert.equal((await api.get(path, { 'If-Modified-Since': later })).status(), 200, path)
      const known = await api.get(path, {
        'If-None-Match': '"1"',
        'If-Modified-Since': 'Mon, 01 Jan 1990 00:00:00 GMT',
      })
      assert.deepEqual([known.status(), known.text(), known.header('last-modified')], [304, '', modified], path)
    }
  })

  test('does not tell whether what it was asked to include is still the same', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'doctor')
    const { uuid } = await someConsultation(api.user, await patientOf(api.user))
    const known = { 'If-None-Match': '"1"' }
    assert.equal((await api.get(`${CONSULTATIONS}/${uuid}`, known)).status(), 304)
    assert.equal((await api.get(`${CONSULTATIONS}/${uuid}?include=prescriptions`, known)).status(), 200)
  })
})
