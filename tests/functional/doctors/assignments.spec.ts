import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { disableUser } from '#app/users/disable_user'
import { callerOf, someone } from '#tests/acting'
import { apiCallerWith, PATIENTS } from '#tests/functional/api_caller'
import { patientOf } from '#tests/functional/charts/some_chart'
import { auditOf } from '#tests/functional/core/probe'
import { somePatient } from '#tests/functional/patients/some_patient'
import { queriesOf } from '#tests/functional/queries'

const pathOf = (doctor: { uuid: string }, patient: { uuid: string }) =>
  `/api/v1/doctors/${doctor.uuid}/patients/${patient.uuid}`

test.group('An assignment is refused', () => {
  test('to somebody who treats nobody, or whose account is closed', async ({ client, assert }) => {
    const [reception, patient] = [await apiCallerWith(client, 'reception'), await somePatient()]
    for (const role of ['reception', 'lab', 'patient', 'admin']) {
      const answer = await reception.post(pathOf(await someone(role), patient))
      assert.deepEqual([answer.status(), answer.body().code], [422, 'not_a_clinician'], role)
    }
    const departed = await someone('doctor')
    await disableUser(callerOf(), { user: departed.uuid })
    assert.equal((await reception.post(pathOf(departed, patient))).body().code, 'user_disabled')
    assert.lengthOf(await db.from('doctor_patient').where('patient_id', patient.id), 0)
  })

  test('twice, and its end where there is none', async ({ client, assert }) => {
    const [reception, doctor] = [await apiCallerWith(client, 'reception'), await someone('doctor')]
    const patient = await patientOf(doctor)
    const again = await reception.post(pathOf(doctor, patient))
    assert.deepEqual([again.status(), again.body().code], [409, 'already_assigned'])
    const none = await reception.delete(pathOf(await someone('nurse'), patient))
    assert.deepEqual([none.status(), none.body().code], [409, 'not_assigned'])
  })
})

test.group('An assignment', () => {
  test('says who made it and who ended it, and is kept when it has ended', async ({ client, assert }) => {
    const [reception, admin] = [await apiCallerWith(client, 'reception'), await apiCallerWith(client, 'admin')]
    const [doctor, patient] = [await someone('doctor'), await somePatient()]
    const path = pathOf(doctor, patient)
    const made = (await reception.post(path)).body().data
    assert.deepInclude(made, {
      doctor_id: doctor.uuid,
      patient_id: patient.uuid,
      assigned_by: reception.user.uuid,
      ended_at: null,
      ended_by: null,
      version: 1,
    })
    const answer = await admin.delete(path)
    const ended = answer.body().data
    assert.deepInclude(ended, { id: made.id, assigned_by: reception.user.uuid, ended_by: admin.user.uuid, version: 2 })
    assert.equal(ended.assigned_at, made.assigned_at)
    assert.isAtLeast(Date.parse(ended.ended_at), Date.parse(ended.assigned_at))
    const again = (await admin.post(path)).body().data
    assert.notEqual(again.id, made.id)
    assert.lengthOf(await db.from('doctor_patient').where('patient_id', patient.id), 2)
    assert.lengthOf(await db.from('record_versions').where('entity_uuid', made.id), 1)
    const [row] = await auditOf(answer.requestId)
    assert.deepInclude(row, { action: 'patients.unassign_doctor', outcome: 'done', patient_uuid: patient.uuid })
    assert.equal(JSON.parse(row!.details).doctor, doctor.uuid)
  })

  test('of a clinician who registers a patient is by themself', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const { id } = (
      await doctor.post(PATIENTS, { family_name: 'Ba', given_name: 'Ami', sex: 'female', dob: '1990-01-01' })
    ).body().data
    const reception = await apiCallerWith(client, 'reception')
    const ended = (await reception.delete(pathOf(doctor.user, { uuid: id }))).body().data
    assert.deepEqual([ended.assigned_by, ended.ended_by], [doctor.user.uuid, reception.user.uuid])
  })
})

test.group('Who treats a patient', () => {
  test('is not told where it was not asked, and nothing else can be asked', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const { uuid } = await patientOf(doctor.user)
    for (const path of [PATIENTS, `${PATIENTS}/${uuid}`]) {
      assert.notInclude((await doctor.get(path)).text(), '"doctors"')
      for (const include of ['', 'nurses', 'doctors,', 'Doctors', 'doctors,assignments'])
        assert.equal((await doctor.get(`${path}?include=${include}`)).status(), 422, include)
    }
    assert.equal((await doctor.get(`${PATIENTS}/${uuid}?include=doctors&include=doctors`)).status(), 422)
  })

  test('is whoever does so now, the longest first', async ({ client, assert }) => {
    const [doctor, nurse, former] = [await someone('doctor'), await someone('nurse'), await someone('doctor')]
    const patient = await patientOf(former, nurse, doctor)
    const reception = await apiCallerWith(client, 'reception')
    await reception.delete(pathOf(former, patient))
    await db.from('doctor_patient').where({ doctor_id: doctor.id }).update({ assigned_at: '2020-01-02 03:04:05.678' })
    const { doctors } = (await reception.get(`${PATIENTS}/${patient.uuid}?include=doctors`)).body().data
    assert.deepEqual(doctors[0], { id: doctor.uuid, name: doctor.name, assigned_at: '2020-01-02T03:04:05.678Z' })
    assert.deepEqual(
      doctors.map(({ id }: { id: string }) => id),
      [doctor.uuid, nurse.uuid]
    )
    const listed = await reception.get(`${PATIENTS}?mrn=${patient.mrn}&include=doctors&fields=doctors`)
    assert.deepEqual(listed.body().data, [{ id: patient.uuid, doctors }])
    const stranger = await somePatient()
    assert.deepEqual((await reception.get(`${PATIENTS}/${stranger.uuid}?include=doctors`)).body().data.doctors, [])
  })

  test('is told of many patients with as many queries as of one', async ({ client, assert }) => {
    const [doctor, nurse] = [await apiCallerWith(client, 'doctor'), await someone('nurse')]
    const count = async (include = '&include=doctors') => {
      let told = 0
      const queries = await queriesOf(async () => {
        const { data } = (await doctor.get(`${PATIENTS}?limit=100${include}`)).body()
        told = data.filter(({ doctors }: { doctors?: unknown[] }) => doctors?.length === 2).length
      })
      return [told, queries.length]
    }
    await patientOf(doctor.user, nurse)
    await count()
    const [, one] = await count()
    const [, without] = await count('')
    for (let n = 0; n < 6; n++) await patientOf(doctor.user, nurse)
    assert.deepEqual(await count(), [7, one])
    assert.equal(one, without! + 1)
  })
})
