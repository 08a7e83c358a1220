import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import { newUuid } from '#app/core/ids'
import { cancelConsultation } from '#app/consultations/correct_consultation'
import { assignDoctor } from '#app/doctors/assign_doctor'
import { retirePatient } from '#app/patients/retire_patient'
import { callerOf, someone } from '#tests/acting'
import { apiCaller, apiCallerWith } from '#tests/functional/api_caller'
import { ageRow, patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { auditOf } from '#tests/functional/core/probe'
import { aMedicine, somePrescription } from '#tests/functional/prescriptions/some_prescription'
import { queriesOf } from '#tests/functional/queries'

const listOf = ({ uuid }: { uuid: string }) => `/api/v1/consultations/${uuid}/prescriptions`
const inChart = ({ uuid }: { uuid: string }) => `/api/v1/patients/${uuid}/prescriptions`
const at = (consultation: { uuid: string }, { uuid }: { uuid: string }) => `${listOf(consultation)}/${uuid}`

/** A doctor at the API and a consultation of theirs. */
async function aDoctor(client: ApiClient) {
  const doctor = await apiCallerWith(client, 'doctor')
  const patient = await patientOf(doctor.user)
  return { doctor, patient, consultation: await someConsultation(doctor.user, patient) }
}

test.group('A prescription is refused', () => {
  test('to whoever does not treat the patient, and to whoever may not prescribe', async ({ client, assert }) => {
    const { patient, consultation } = await aDoctor(client)
    const nurse = await apiCallerWith(client, 'nurse')
    const treating = await patientOf(nurse.user)
    const nurses = await someConsultation(nurse.user, treating)
    assert.equal((await nurse.post(listOf(nurses), aMedicine())).status(), 403)
    for (const role of ['doctor', 'nurse', 'lab', 'reception', 'patient', 'admin']) {
      const stranger = await apiCallerWith(client, role)
      const answer = await stranger.post(listOf(consultation), aMedicine())
      assert.deepEqual([answer.status(), answer.body().code], [403, 'forbidden'], role)
    }
    assert.lengthOf(await db.from('prescriptions').where('patient_id', patient.id), 0)
  })

  test('on a cancelled consultation, and in a retired record', async ({ client, assert }) => {
    const { doctor, patient, consultation } = await aDoctor(client)
    const other = await someConsultation(doctor.user, patient)
    const prescription = await somePrescription(doctor.user, other)
    await cancelConsultation(callerOf(doctor.user), { id: other.uuid, version: 1, reason: 'Doublon' })
    const cancelled = await doctor.post(listOf(other), aMedicine())
    assert.deepEqual([cancelled.status(), cancelled.body().code], [422, 'consultation_cancelled'])
    const amended = await doctor.patch(at(other, prescription), { version: 1, notes: 'x' })
    assert.deepEqual([amended.status(), amended.body().code], [422, 'consultation_cancelled'])
    await retirePatient(callerOf(), { id: patient.uuid, version: 1 })
    const retired = await doctor.post(listOf(consultation), aMedicine())
    assert.deepEqual([retired.status(), retired.body().code], [422, 'patient_retired'])
  })

  test('before the birth of the patient, and in the future', async ({ client, assert }) => {
    const { doctor, consultation } = await aDoctor(client)
    const early = await doctor.post(listOf(consultation), aMedicine({ prescribed_at: '1988-04-01T10:00:00Z' }))
    assert.deepEqual(
      [early.status(), early.body().code, early.body().errors[0].pointer],
      [422, 'before_birth', '/prescribed_at']
    )
    const late = await doctor.post(listOf(consultation), aMedicine({ prescribed_at: '2126-01-01T10:00:00Z' }))
    assert.deepEqual([late.status(), late.body().errors[0].code], [422, 'not_in_the_future'])
    const { uuid } = await somePrescription(doctor.user, consultation)
    for (const prescribed_at of ['1988-04-01T10:00:00Z', '2126-01-01T10:00:00Z', null])
      assert.equal((await doctor.patch(at(consultation, { uuid }), { version: 1, prescribed_at })).status(), 422)
  })

  test('without a medicine, and twice with the same id', async ({ client, assert }) => {
    const { doctor, consultation } = await aDoctor(client)
    for (const medicine of [undefined, null, '', '   '])
      assert.equal((await doctor.post(listOf(consultation), { medicine })).status(), 422)
    const id = newUuid()
    assert.equal((await doctor.post(listOf(consultation), aMedicine({ id }))).body().data.id, id)
    const again = await doctor.post(listOf(consultation), aMedicine({ id }))
    assert.deepEqual([again.status(), again.body().code], [409, 'record_exists'])
  })

  test('at the address of another consultation', async ({ client, assert }) => {
    const { doctor, patient, consultation } = await aDoctor(client)
    const other = await someConsultation(doctor.user, patient)
    const prescription = await somePrescription(doctor.user, consultation)
    const wrong = at(other, prescription)
    for (const answer of [
      await doctor.get(wrong),
      await doctor.patch(wrong, { version: 1, notes: 'x' }),
      await doctor.post(`${wrong}/discontinuation`, { version: 1 }),
    ])
      assert.deepEqual([answer.status(), answer.body().code], [404, 'not_found'])
    assert.equal((await doctor.get(at(consultation, prescription))).status(), 200)
  })

  test('a correction of a stale version, or after a day by another', async ({ client, assert }) => {
    const { doctor, patient, consultation } = await aDoctor(client)
    const prescription = await somePrescription(doctor.user, consultation)
    const stale = await doctor.patch(at(consultation, prescription), { version: 7, notes: 'x' })
    assert.deepEqual([stale.status(), stale.body().code, stale.body().server_version], [409, 'stale_version', 1])
    const colleague = await apiCallerWith(client, 'doctor')
    await assignDoctor(callerOf(), { doctor_id: colleague.user.uuid, patient_id: patient.uuid })
    const path = at(consultation, prescription)
    assert.equal((await colleague.patch(path, { version: 1, notes: 'Revu' })).status(), 200)
    await ageRow('prescriptions', prescription.uuid, 25)
    const late = await colleague.patch(path, { version: 2, notes: 'Revu encore' })
    assert.deepEqual([late.status(), late.body().code], [403, 'addendum_required'])
    assert.equal((await doctor.patch(path, { version: 2, notes: 'Revu encore' })).status(), 200)
    const stopped = await colleague.post(`${path}/discontinuation`, { version: 3 })
    assert.deepEqual([stopped.status(), stopped.body().data.status], [200, 'stopped'], 'whoever prescribes may stop')
  })

  test('any change once it is stopped', async ({ client, assert }) => {
    const { doctor, consultation } = await aDoctor(client)
    const path = at(consultation, await somePrescription(doctor.user, consultation))
    assert.equal((await doctor.post(`${path}/discontinuation`, { version: 9 })).body().code, 'stale_version')
    const stopped = await doctor.post(`${path}/discontinuation`, { version: 1 })
    assert.deepInclude(stopped.body().data, { status: 'stopped', version: 2 })
    assert.isNotNull(stopped.body().data.stopped_at)
    const again = await doctor.post(`${path}/discontinuation`, { version: 2 })
    assert.deepEqual([again.status(), again.body().code], [409, 'prescription_stopped'])
    const amended = await doctor.patch(path, { version: 2, notes: 'x' })
    assert.deepEqual([amended.status(), amended.body().code], [409, 'prescription_stopped'])
  })
})

test.group('A prescription', () => {
  test('is made, opened and corrected, and says who prescribed it', async ({ client, assert }) => {
    const { doctor, patient, consultation } = await aDoctor(client)
    const made = await doctor.post(listOf(consultation), aMedicine({ code: 'P01BF01', code_system: 'ATC' }))
    assert.equal(made.status(), 201, made.text())
    const { id } = made.body().data
    assert.equal(made.header('location'), at(consultation, { uuid: id }))
    const names = { patient_id: patient.uuid, consultation_id: consultation.uuid, prescribed_by: doctor.user.uuid }
    assert.deepInclude(made.body().data, { ...names, status: 'active', version: 1, stopped_at: null })
    const path = at(consultation, { uuid: id })
    const corrected = await doctor.patch(path, { version: 1, dosage: null, duration: '3 jours' })
    assert.deepInclude(corrected.body().data, { ...names, dosage: null, duration: '3 jours', version: 2 })
    assert.equal(corrected.body().data.medicine, made.body().data.medicine)
    const opened = await doctor.get(path)
    assert.deepEqual(opened.body(), corrected.body())
    const [row] = await auditOf(opened.requestId)
    assert.deepInclude(row, { action: 'prescriptions.open', entity_uuid: id, patient_uuid: patient.uuid })
    assert.equal(JSON.parse(row!.details).access, 'treats')
    const known = await doctor.get(path, { 'If-None-Match': opened.header('etag')! })
    assert.equal(known.status(), 304)
  })

  test('keeps its former versions, and nothing of it is readable in the database', async ({ client, assert }) => {
    const { doctor, consultation } = await aDoctor(client)
    const { uuid } = await somePrescription(doctor.user, consultation)
    await doctor.patch(at(consultation, { uuid }), { version: 1, medicine: 'Quinine 300 mg' })
    await doctor.post(`${at(consultation, { uuid })}/discontinuation`, { version: 2 })
    const kept = await db.from('record_versions').where('entity_uuid', uuid).orderBy('version')
    assert.deepEqual(
      kept.map(({ entity, version, user_id }) => [entity, Number(version), user_id]),
      [
        ['prescription', 1, doctor.user.id],
        ['prescription', 2, doctor.user.id],
      ]
    )
    const row = await db.from('prescriptions').where('uuid', uuid).firstOrFail()
    assert.equal(row.stopped_by, doctor.user.id)
    assert.notInclude(Buffer.from(row.medicine).toString('latin1'), 'Quinine')
  })

  test('is in the lists of its consultation and of the chart, the latest first', async ({ client, assert }) => {
    const { doctor, patient, consultation } = await aDoctor(client)
    const other = await someConsultation(doctor.user, patient)
    const dates = ['2026-01-01T08:00:00Z', '2026-03-01T08:00:00Z', '2026-02-01T08:00:00Z']
    for (const prescribed_at of dates) await somePrescription(doctor.user, consultation, { prescribed_at })
    await somePrescription(doctor.user, other, { prescribed_at: '2026-04-01T08:00:00Z' })
    const months = (body: any) => body.data.map((each: any) => each.prescribed_at.slice(5, 7))
    const first = await doctor.get(`${inChart(patient)}?limit=3`)
    assert.deepEqual(months(first.body()), ['04', '03', '02'])
    const second = await doctor.get(`${inChart(patient)}?limit=3&cursor=${first.body().meta.next_cursor}`)
    assert.deepEqual([months(second.body()), second.body().meta.next_cursor], [['01'], null])
    assert.deepEqual(months((await doctor.get(`${listOf(consultation)}?sort=prescribed_at`)).body()), [
      '01',
      '02',
      '03',
    ])
    const [stopped] = first.body().data
    await doctor.post(`${listOf(other)}/${stopped.id}/discontinuation`, { version: 1 })
    assert.deepEqual(months((await doctor.get(`${inChart(patient)}?status=stopped`)).body()), ['04'])
    assert.deepEqual(months((await doctor.get(`${inChart(patient)}?status=active`)).body()), ['03', '02', '01'])
    const [row] = await auditOf(first.requestId)
    assert.deepInclude(row, { action: 'prescriptions.list_chart', patient_uuid: patient.uuid })
    assert.lengthOf(JSON.parse(row!.details).uuids, 3)
  })

  test('brings its relations along with as many queries for one as for many', async ({ client, assert }) => {
    const { doctor, patient, consultation } = await aDoctor(client)
    for (const list of [inChart(patient), listOf(consultation)]) {
      const path = `${list}?include=patient,addenda`
      const count = async () => (await queriesOf(() => doctor.get(path))).length
      await somePrescription(doctor.user, consultation)
      await count()
      const one = await count()
      for (let n = 0; n < 4; n++) await somePrescription(doctor.user, consultation)
      assert.equal(await count(), one)
      const answer = await doctor.get(path)
      assert.equal(answer.status(), 200, answer.text())
      const [first] = answer.body().data
      assert.deepEqual([first.patient.mrn, first.addenda], [patient.mrn, []])
    }
  })

  test('is the patient’s to read and the administrator’s to review, and nobody else’s', async ({ client, assert }) => {
    const { doctor, patient, consultation } = await aDoctor(client)
    const prescription = await somePrescription(doctor.user, consultation)
    const paths = [at(consultation, prescription), listOf(consultation), inChart(patient)]
    const own = await someone('patient')
    await db.from('patients').where('id', patient.id).update({ user_id: own.id })
    const [patients, admin] = [await apiCaller(client, own), await apiCallerWith(client, 'admin')]
    for (const path of paths) {
      assert.equal((await patients.get(path)).status(), 200)
      const seen = await admin.get(path)
      assert.equal(seen.status(), 200)
      assert.equal((await auditOf(seen.requestId))[0]!.action, 'admin_view')
      for (const role of ['patient', 'reception', 'lab', 'doctor', 'nurse'])
        assert.equal((await (await apiCallerWith(client, role)).get(path)).status(), 403, role)
    }
    assert.equal((await patients.patch(paths[0]!, { version: 1, notes: 'x' })).status(), 403)
    assert.equal((await admin.patch(paths[0]!, { version: 1, notes: 'x' })).status(), 403)
    assert.equal((await admin.post(`${paths[0]}/discontinuation`, { version: 1 })).status(), 403)
  })

  test('is made once for one key', async ({ client, assert }) => {
    const { doctor, patient, consultation } = await aDoctor(client)
    const key = { 'Idempotency-Key': newUuid() }
    const first = await doctor.post(listOf(consultation), aMedicine(), key)
    const again = await doctor.post(listOf(consultation), aMedicine(), key)
    assert.deepEqual([again.status(), again.body()], [201, first.body()])
    assert.lengthOf(await db.from('prescriptions').where('patient_id', patient.id), 1)
    const stop = `${at(consultation, { uuid: first.body().data.id })}/discontinuation`
    const other = { 'Idempotency-Key': newUuid() }
    const stopped = await doctor.post(stop, { version: 1 }, other)
    assert.deepEqual((await doctor.post(stop, { version: 1 }, other)).body(), stopped.body())
  })
})
