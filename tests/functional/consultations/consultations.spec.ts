import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { apiCaller, apiCallerWith } from '#tests/functional/api_caller'
import { aConsultation, ageRow, patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { auditOf } from '#tests/functional/core/probe'
import { queriesOf } from '#tests/functional/queries'
import { somePatient } from '#tests/functional/patients/some_patient'
import { someone } from '#tests/acting'

const CONSULTATIONS = '/api/v1/consultations'
const at = ({ uuid }: { uuid: string }) => `${CONSULTATIONS}/${uuid}`

test.group('A consultation is refused', () => {
  test('to a doctor who does not treat the patient', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const answer = await doctor.post(CONSULTATIONS, aConsultation(await somePatient()))
    assert.deepEqual([answer.status(), answer.body().code], [403, 'forbidden'])
  })

  test('with a diagnosis to a nurse, and without one is taken', async ({ client, assert }) => {
    const nurse = await apiCallerWith(client, 'nurse')
    const patient = await patientOf(nurse.user)
    const diagnosed = await nurse.post(CONSULTATIONS, aConsultation(patient, { diagnosis: 'Paludisme' }))
    assert.equal(diagnosed.status(), 403)
    assert.equal((await nurse.post(CONSULTATIONS, aConsultation(patient))).status(), 201)
  })

  test('before the birth of the patient, and in a retired record', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const patient = await patientOf(doctor.user)
    const early = await doctor.post(CONSULTATIONS, aConsultation(patient, { date: '1988-04-01T10:00:00Z' }))
    assert.deepEqual(
      [early.status(), early.body().code, early.body().errors[0].pointer],
      [422, 'before_birth', '/date']
    )
    const { uuid } = await someConsultation(doctor.user, patient)
    for (const answer of [
      await doctor.post(CONSULTATIONS, aConsultation(patient, { follow_up_on: '1988-04-01' })),
      await doctor.patch(at({ uuid }), { version: 1, follow_up_on: '1988-04-01' }),
    ])
      assert.deepEqual([answer.body().code, answer.body().errors?.[0].pointer], ['before_birth', '/follow_up_on'])
    const admin = await apiCallerWith(client, 'admin')
    await admin.delete(`/api/v1/patients/${patient.uuid}`, { version: 1 })
    const late = await doctor.post(CONSULTATIONS, aConsultation(patient))
    assert.deepEqual([late.status(), late.body().code], [422, 'patient_retired'])
  })

  test('twice with the same id', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const patient = await patientOf(doctor.user)
    const { uuid } = await someConsultation(doctor.user, patient)
    const again = await doctor.post(CONSULTATIONS, aConsultation(patient, { id: uuid }))
    assert.deepEqual([again.status(), again.body().code], [409, 'record_exists'])
  })

  test('as cancelled: that needs a reason of its own', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const patient = await patientOf(doctor.user)
    const answer = await doctor.post(CONSULTATIONS, aConsultation(patient, { status: 'cancelled' }))
    assert.deepEqual([answer.status(), answer.body().errors[0].pointer], [422, '/status'])
  })
})

test.group('A correction is refused', () => {
  test('after a day to anybody but the author', async ({ client, assert }) => {
    const [author, colleague] = [await apiCallerWith(client, 'doctor'), await apiCallerWith(client, 'doctor')]
    const patient = await patientOf(author.user, colleague.user)
    const consultation = await someConsultation(author.user, patient)
    assert.equal((await colleague.patch(at(consultation), { version: 1, notes: 'Revu' })).status(), 200)
    await ageRow('consultations', consultation.uuid, 25)
    const late = await colleague.patch(at(consultation), { version: 2, notes: 'Revu encore' })
    assert.deepEqual([late.status(), late.body().code], [403, 'addendum_required'])
    assert.equal((await author.patch(at(consultation), { version: 2, notes: 'Revu encore' })).status(), 200)
  })

  test('of a stale version, and of a cancelled consultation', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const consultation = await someConsultation(doctor.user, await patientOf(doctor.user))
    const stale = await doctor.patch(at(consultation), { version: 7, notes: 'x' })
    assert.deepEqual([stale.status(), stale.body().code, stale.body().server_version], [409, 'stale_version', 1])
    const cancelled = await doctor.post(`${at(consultation)}/cancellation`, { version: 1, reason: 'Doublon' })
    assert.deepEqual([cancelled.status(), cancelled.body().data.status], [200, 'cancelled'])
    const after = await doctor.patch(at(consultation), { version: 2, notes: 'x' })
    assert.deepEqual([after.status(), after.body().code], [422, 'consultation_cancelled'])
    const again = await doctor.post(`${at(consultation)}/cancellation`, { version: 2, reason: 'Doublon' })
    assert.deepEqual([again.status(), again.body().code], [409, 'already_cancelled'])
  })
})

test.group('A consultation', () => {
  test('is recorded, opened and corrected, and says who held it', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const patient = await patientOf(doctor.user)
    const made = await doctor.post(CONSULTATIONS, aConsultation(patient, { diagnosis: 'Paludisme' }))
    assert.equal(made.status(), 201)
    const { id } = made.body().data
    assert.deepInclude(made.body().data, { patient_id: patient.uuid, doctor_id: doctor.user.uuid, status: 'finished' })
    const corrected = await doctor.patch(`${CONSULTATIONS}/${id}`, { version: 1, diagnosis: null, notes: 'Repos' })
    assert.deepInclude(corrected.body().data, {
      diagnosis: null,
      notes: 'Repos',
      version: 2,
      reason: made.body().data.reason,
    })
    const opened = await doctor.get(`${CONSULTATIONS}/${id}`)
    assert.deepEqual(opened.body(), corrected.body())
    const [row] = await auditOf(opened.requestId)
    assert.deepInclude(row, { action: 'consultations.open', entity_uuid: id, patient_uuid: patient.uuid })
    assert.equal(JSON.parse(row!.details).access, 'treats')
  })

  test('that an administrator opens is audited as such', async ({ client, assert }) => {
    const author = await someone('doctor')
    const consultation = await someConsultation(author, await patientOf(author))
    const admin = await apiCallerWith(client, 'admin')
    const answer = await admin.get(at(consultation))
    assert.equal(answer.status(), 200)
    const [row] = await auditOf(answer.requestId)
    assert.deepInclude(row, { action: 'admin_view', entity_uuid: consultation.uuid })
    const list = await admin.get(`${CONSULTATIONS}?doctor_id=${author.uuid}`)
    assert.lengthOf(list.body().data, 1)
    assert.equal((await auditOf(list.requestId))[0]!.action, 'admin_view')
    const own = await (await apiCaller(client, author)).get(CONSULTATIONS)
    assert.equal((await auditOf(own.requestId))[0]!.action, 'consultations.list_own')
  })

  test('is in the lists of the chart and of its doctor, by date', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const patient = await patientOf(doctor.user)
    const dates = ['2026-01-01T08:00:00Z', '2026-03-01T08:00:00Z', '2026-02-01T08:00:00Z']
    for (const date of dates) await someConsultation(doctor.user, patient, { date })
    const first = await doctor.get(`/api/v1/patients/${patient.uuid}/consultations?limit=2`)
    const months = (body: any) => body.data.map(({ date }: { date: string }) => date.slice(5, 7))
    assert.deepEqual(months(first.body()), ['03', '02'])
    const next = first.body().meta.next_cursor
    const second = await doctor.get(`/api/v1/patients/${patient.uuid}/consultations?limit=2&cursor=${next}`)
    assert.deepEqual([months(second.body()), second.body().meta.next_cursor], [['01'], null])
    const own = await doctor.get(`${CONSULTATIONS}?sort=date&include=patient`)
    assert.deepEqual(months(own.body()), ['01', '02', '03'])
    assert.equal(own.body().data[0].patient.mrn, patient.mrn)
    const others = await doctor.get(`${CONSULTATIONS}?doctor_id=${(await someone('doctor')).uuid}`)
    assert.deepEqual(others.body().data, [])
  })

  test('brings its relations along with as many queries for one as for many', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const patient = await patientOf(doctor.user)
    const path = `/api/v1/patients/${patient.uuid}/consultations?include=patient,prescriptions,addenda`
    const count = async () => (await queriesOf(() => doctor.get(path))).length
    await someConsultation(doctor.user, patient)
    await count()
    const one = await count()
    for (let n = 0; n < 5; n++) await someConsultation(doctor.user, patient)
    assert.equal(await count(), one)
  })

  test('is the patient’s to read, and nobody else’s', async ({ client, assert }) => {
    const author = await someone('doctor')
    const patient = await patientOf(author)
    const consultation = await someConsultation(author, patient)
    const own = await someone('patient')
    await db.from('patients').where('id', patient.id).update({ user_id: own.id })
    assert.equal((await (await apiCaller(client, own)).get(at(consultation))).status(), 200)
    for (const role of ['patient', 'reception', 'lab', 'doctor'])
      assert.equal((await (await apiCallerWith(client, role)).get(at(consultation))).status(), 403, role)
  })
})
