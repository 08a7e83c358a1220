import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { forgetDataKeys, newDataKey } from '#app/keys/data_keys'
import { correctConsultation } from '#app/consultations/correct_consultation'
import { apiCaller, apiCallerWith, PATIENTS, type ApiCaller } from '#tests/functional/api_caller'
import { patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { auditOf } from '#tests/functional/core/probe'
import { someResult, someValidated } from '#tests/functional/labs/some_result'
import { somePrescription } from '#tests/functional/prescriptions/some_prescription'
import { queriesOf } from '#tests/functional/queries'
import { aNote, someRecord } from '#tests/functional/records/some_record'
import { callerOf, someone } from '#tests/acting'

const API = '/api/v1'

interface Version {
  version: number
  data: Record<string, unknown>
  replaced_at: string | null
  replaced_by: string | null
  replaced_via: string | null
}

const versionsOf = async (caller: ApiCaller, path: string): Promise<Version[]> =>
  (await caller.get(`${API}${path}/history`)).body().data

test.group('The history of a record is refused', () => {
  test('to whoever may not open the record', async ({ client, assert }) => {
    const author = await someone('doctor')
    const patient = await patientOf(author)
    const consultation = await someConsultation(author, patient)
    const prescription = await somePrescription(author, consultation)
    const record = await someRecord(author, aNote(patient))
    const result = await someResult(await someone('lab'), patient)
    const paths = [
      `/consultations/${consultation.uuid}`,
      `/consultations/${consultation.uuid}/prescriptions/${prescription.uuid}`,
      `/medical-records/${record.uuid}`,
      `/lab-results/${result.uuid}`,
      `/patients/${patient.uuid}`,
    ]
    for (const role of ['doctor', 'nurse', 'lab', 'patient'])
      for (const path of paths) {
        const answer = await (await apiCallerWith(client, role)).get(`${API}${path}/history`)
        // To a laboratory another's result is not there at all.
        const expected = role === 'lab' && path.startsWith('/lab') ? 404 : 403
        assert.equal(answer.status(), expected, `${role} ${path}`)
      }
  })

  test('at the address of another consultation, and after the cursor of another record', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const patient = await patientOf(doctor.user)
    const [one, other] = [await someConsultation(doctor.user, patient), await someConsultation(doctor.user, patient)]
    const { uuid } = await somePrescription(doctor.user, one)
    assert.equal((await doctor.get(`${API}/consultations/${other.uuid}/prescriptions/${uuid}/history`)).status(), 404)
    await doctor.patch(`${API}/consultations/${one.uuid}`, { version: 1, notes: 'Revu' })
    const { meta } = (await doctor.get(`${API}/consultations/${one.uuid}/history?limit=1`)).body()
    const lost = await doctor.get(`${API}/consultations/${other.uuid}/history?cursor=${meta.next_cursor}`)
    assert.deepEqual([lost.status(), lost.body().errors[0].pointer], [422, '/cursor'])
  })

  test('to a patient for what a result was before its release', async ({ client, assert }) => {
    const [lab, own] = [await apiCallerWith(client, 'lab'), await someone('patient')]
    const doctor = await apiCallerWith(client, 'doctor')
    const patient = await patientOf(doctor.user)
    await db.from('patients').where('id', patient.id).update({ user_id: own.id })
    const { uuid } = await someValidated(lab.user, patient)
    await lab.patch(`${API}/lab-results/${uuid}`, { version: 2, result: '1,12 g/L', value: '1.12' })
    const numbers = async (caller: ApiCaller) =>
      (await versionsOf(caller, `/lab-results/${uuid}`)).map(({ version, data }) => [version, data.status])
    const all = [
      [3, 'amended'],
      [2, 'final'],
      [1, 'preliminary'],
    ]
    assert.deepEqual(await numbers(doctor), all)
    assert.deepEqual(await numbers(lab), all)
    assert.deepEqual(await numbers(await apiCaller(client, own)), all.slice(0, 2))
  })
})

test.group('The history of a record', () => {
  test('has each version as it was opened at its time, and who ended it, when and by which door', async ({
    client,
    assert,
  }) => {
    const [doctor, colleague] = [await apiCallerWith(client, 'doctor'), await apiCallerWith(client, 'doctor')]
    const patient = await patientOf(doctor.user, colleague.user)
    const { uuid } = await someConsultation(doctor.user, patient, {
      diagnosis: 'Paludisme',
      follow_up_on: '2026-03-09',
    })
    const path = `/consultations/${uuid}`
    const opened = [(await doctor.get(API + path)).body().data]
    await colleague.patch(API + path, { version: 1, diagnosis: null, notes: 'Ex\u0301amen 𞤀' })
    opened.unshift((await doctor.get(API + path)).body().data)
    await correctConsultation(callerOf(doctor.user), { id: uuid, version: 2, date: '2026-03-01T07:00:00Z' })
    opened.unshift((await doctor.get(API + path)).body().data)
    const versions = await versionsOf(doctor, path)
    assert.deepEqual(
      versions.map(({ data }) => data),
      opened
    )
    assert.deepEqual(
      versions.map(({ version, replaced_by, replaced_via }) => [version, replaced_by, replaced_via]),
      [
        [3, null, null],
        [2, doctor.user.uuid, 'cli'],
        [1, colleague.user.uuid, 'api'],
      ]
    )
    assert.deepEqual(
      versions.map(({ replaced_at }) => replaced_at),
      [null, opened[0].updated_at, opened[1].updated_at]
    )
  })

  test('is kept of every kind', async ({ client, assert }) => {
    const [doctor, lab, desk] = await Promise.all(
      ['doctor', 'lab', 'reception'].map((role) => apiCallerWith(client, role))
    )
    const patient = await patientOf(doctor!.user)
    const consultation = await someConsultation(doctor!.user, patient)
    const prescription = await somePrescription(doctor!.user, consultation)
    const record = await someRecord(doctor!.user, aNote(patient, { consultation_id: consultation.uuid }))
    const result = await someResult(lab!.user, patient)
    const changes: [ApiCaller, string, object][] = [
      [desk!, `/patients/${patient.uuid}`, { phone: '+221 77 123 45 67' }],
      [doctor!, `/consultations/${consultation.uuid}/prescriptions/${prescription.uuid}`, { dosage: '2 par jour' }],
      [doctor!, `/medical-records/${record.uuid}`, { description: 'Dort mal' }],
      [lab!, `/lab-results/${result.uuid}`, { result: '1,12 g/L', value: '1.12' }],
    ]
    for (const [caller, path, change] of changes) {
      const before = (await caller.get(API + path)).body().data
      const after = (await caller.patch(API + path, { version: 1, ...change })).body().data
      const versions = await versionsOf(caller, path)
      assert.deepEqual(
        versions.map(({ version, data }) => [version, data]),
        [
          [2, (await caller.get(API + path)).body().data],
          [1, before],
        ],
        path
      )
      assert.equal(versions[0]!.data.updated_at, after.updated_at)
    }
  })

  test('names what a former version referred to, not what the present one does', async ({ client, assert }) => {
    const [doctor, former] = [await apiCallerWith(client, 'doctor'), await someone('doctor')]
    const patient = await patientOf(doctor.user, former)
    const { uuid } = await someConsultation(former, patient)
    await doctor.patch(`${API}/consultations/${uuid}`, { version: 1, notes: 'Revu' })
    await db.from('consultations').where('uuid', uuid).update({ doctor_id: doctor.user.id })
    const [present, first] = await versionsOf(doctor, `/consultations/${uuid}`)
    assert.deepEqual([present!.data.doctor_id, first!.data.doctor_id], [doctor.user.uuid, former.uuid])
  })

  test('stays readable after the patient’s key is replaced', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const patient = await patientOf(doctor.user)
    const { uuid } = await someConsultation(doctor.user, patient, { notes: 'Avant' })
    const path = `/consultations/${uuid}`
    await doctor.patch(API + path, { version: 1, notes: 'Entre' })
    const { row } = await newDataKey('patient', patient.uuid)
    await db.from('data_keys').where('subject_uuid', patient.uuid).update({ state: 'decrypt' })
    await db.table('data_keys').insert({ ...row, generation: 2 })
    forgetDataKeys()
    await doctor.patch(API + path, { version: 2, notes: 'Après' })
    const versions = await versionsOf(doctor, path)
    assert.deepEqual(
      versions.map(({ data }) => data.notes),
      ['Après', 'Entre', 'Avant']
    )
    const bodies = await db.from('record_versions').where('entity_uuid', uuid)
    const keys = new Set(bodies.map(({ body }) => Buffer.from(body).subarray(2, 10).toString('hex')))
    assert.lengthOf([...keys], 2)
  })

  test('comes in pages of any size, the present version first', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const { uuid } = await someConsultation(doctor.user, await patientOf(doctor.user))
    const path = `${API}/consultations/${uuid}`
    for (let version = 1; version < 7; version++) await doctor.patch(path, { version, notes: `Note ${version}` })
    for (const limit of [1, 2, 3, 6, 7, 8]) {
      const seen: number[] = []
      let next: string | null = ''
      while (next !== null) {
        const { data, meta } = (await doctor.get(`${path}/history?limit=${limit}${next && `&cursor=${next}`}`)).body()
        seen.push(...data.map(({ version }: Version) => version))
        next = meta.next_cursor
      }
      assert.deepEqual(seen, [7, 6, 5, 4, 3, 2, 1], `pages of ${limit}`)
    }
    const count = async (limit: number) => (await queriesOf(() => doctor.get(`${path}/history?limit=${limit}`))).length
    assert.equal(await count(7), await count(2))
  })

  test('is audited, and as such where an administrator reads clinical text', async ({ client, assert }) => {
    const [doctor, admin] = [await apiCallerWith(client, 'doctor'), await apiCallerWith(client, 'admin')]
    const patient = await patientOf(doctor.user)
    const { uuid } = await someConsultation(doctor.user, patient)
    const action = async (caller: ApiCaller, path: string) =>
      (await auditOf((await caller.get(`${path}/history`)).requestId))[0]
    const told = await action(doctor, `${API}/consultations/${uuid}`)
    assert.deepInclude(told, { action: 'consultations.history', entity_uuid: uuid, patient_uuid: patient.uuid })
    assert.equal((await action(admin, `${API}/consultations/${uuid}`))!.action, 'admin_view')
    assert.equal((await action(admin, `${PATIENTS}/${patient.uuid}`))!.action, 'patients.history')
  })
})
