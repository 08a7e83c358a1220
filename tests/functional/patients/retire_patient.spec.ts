import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { newUuid } from '#app/core/ids'
import { searchPatients } from '#app/patients/find_patients'
import { callerOf, someone } from '#tests/acting'
import { apiCallerWith, PATIENTS } from '#tests/functional/api_caller'
import { auditOf } from '#tests/functional/core/probe'
import { somePatient } from '#tests/functional/patients/some_patient'
import { disableUser } from '#app/users/disable_user'

const at = ({ uuid }: { uuid: string }) => `${PATIENTS}/${uuid}`

test.group('Retire and restore a patient', () => {
  test('refuses a missing or stale version, a second retirement and a restoration of who is not retired', async ({
    client,
    assert,
  }) => {
    const [api, patient] = [await apiCallerWith(client, 'admin'), await somePatient()]
    const code = async (answer: Promise<{ status(): number; body(): any }>) =>
      `${(await answer).status()} ${(await answer).body().code}`
    assert.equal(await code(api.delete(at(patient))), '428 version_required')
    assert.equal(await code(api.delete(at(patient), { version: 9 })), '409 stale_version')
    assert.equal(await code(api.post(`${at(patient)}/restoration`, { version: 1 })), '409 not_retired')
    assert.equal((await api.delete(at(patient), undefined, { 'If-Match': '"1"' })).status(), 200)
    assert.equal(await code(api.delete(at(patient), { version: 2 })), '409 already_retired')
    assert.equal(await code(api.post(`${at(patient)}/restoration`, {})), '428 version_required')
    assert.equal(await code(api.post(`${at(patient)}/restoration`, { version: 1 })), '409 stale_version')
  })

  test('takes the record out of lists and searches, deletes nothing, and brings it back', async ({
    client,
    assert,
  }) => {
    const [api, patient] = [await apiCallerWith(client, 'admin'), await somePatient({ phone: '+221771112233' })]
    const listed = async (more = '') => (await api.get(`${PATIENTS}?mrn=${patient.mrn}${more}`)).body().data.length
    const found = async () => (await searchPatients(callerOf(), { mrn: patient.mrn })).rows.length
    assert.deepEqual([await listed(), await listed('&retired=true'), await found()], [1, 0, 1])
    const retired = await api.delete(at(patient), { version: 1 })
    assert.isNotNull(retired.body().data.retired_at)
    assert.deepEqual([await listed(), await listed('&retired=true'), await found()], [0, 1, 0])
    assert.equal((await api.get(at(patient))).body().data.phone, '+221771112233')
    const restored = await api.post(`${at(patient)}/restoration`, { version: 2 })
    assert.deepInclude(restored.body().data, { retired_at: null, version: 3, phone: '+221771112233' })
    assert.deepEqual([await listed(), await listed('&retired=true'), await found()], [1, 0, 1])
    const changes = await db.from('sync_changes').where('entity_uuid', patient.uuid)
    assert.lengthOf(changes, 3)
  })
})

test.group('Assign a doctor', () => {
  const path = (doctor: { uuid: string }, patient: { uuid: string }) =>
    `/api/v1/doctors/${doctor.uuid}/patients/${patient.uuid}`

  test('refuses who is no clinician, whose account is closed, who is unknown, and a second time', async ({
    client,
    assert,
  }) => {
    const [api, patient, doctor] = [
      await apiCallerWith(client, 'reception'),
      await somePatient(),
      await someone('doctor'),
    ]
    const code = async (who: { uuid: string }, whom = patient as { uuid: string }) => {
      const answer = await api.post(path(who, whom))
      return `${answer.status()} ${answer.body().code ?? 'assigned'}`
    }
    assert.equal(await code(await someone('lab')), '422 not_a_clinician')
    assert.equal(await code(await someone('reception')), '422 not_a_clinician')
    assert.equal(await code({ uuid: newUuid() }), '404 not_found')
    assert.equal(await code(doctor, { uuid: newUuid() }), '404 not_found')
    assert.equal(await code({ uuid: 'x' }), '422 invalid')
    const closed = await someone('doctor')
    await disableUser(callerOf(), { user: closed.uuid })
    assert.equal(await code(closed), '422 user_disabled')
    assert.equal(await code(doctor), '201 assigned')
    assert.equal(await code(doctor), '409 already_assigned')
    assert.equal((await api.delete(path(await someone('doctor'), patient))).body().code, 'not_assigned')
    assert.equal((await api.post(path(doctor, patient), { since: 'ever' })).body().errors[0].code, 'unknown_field')
  })

  test('of ten at once one gets in', async ({ client, assert }) => {
    const [api, patient, doctor] = [
      await apiCallerWith(client, 'reception'),
      await somePatient(),
      await someone('nurse'),
    ]
    const answers = await Promise.all(Array.from({ length: 10 }, () => api.post(path(doctor, patient))))
    assert.deepEqual(answers.map((answer) => answer.status()).sort(), [201, ...Array(9).fill(409)])
  })

  test('is kept when it ends, and may begin again', async ({ client, assert }) => {
    const [api, patient, doctor] = [
      await apiCallerWith(client, 'reception'),
      await somePatient(),
      await someone('doctor'),
    ]
    const begun = await api.post(path(doctor, patient))
    assert.deepInclude(begun.body().data, {
      doctor_id: doctor.uuid,
      patient_id: patient.uuid,
      ended_at: null,
      version: 1,
    })
    const ended = await api.delete(path(doctor, patient))
    assert.equal(ended.body().data.id, begun.body().data.id)
    assert.isNotNull(ended.body().data.ended_at)
    await api.post(path(doctor, patient))
    await api.delete(path(doctor, patient))
    await api.post(path(doctor, patient))
    const rows = await db.from('doctor_patient').where({ patient_id: patient.id, doctor_id: doctor.id })
    assert.deepEqual(rows.map(({ is_open }) => is_open).sort(), [1, null, null])
    assert.isTrue(rows.every(({ assigned_by }) => Number(assigned_by) === api.user.id))
    const [row] = await auditOf(begun.requestId)
    assert.deepInclude(row, { entity: 'assignment', patient_uuid: patient.uuid })
    assert.equal(JSON.parse(row!.details).doctor, doctor.uuid)
  })
})

test.group('Nobody is deleted', () => {
  test('by any address of the API', async ({ client, assert }) => {
    const [api, patient] = [await apiCallerWith(client, 'admin'), await somePatient()]
    await api.delete(at(patient), { version: 1 })
    assert.isNotNull(await db.from('patients').where('uuid', patient.uuid).first())
  })
})
