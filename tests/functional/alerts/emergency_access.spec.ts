import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { ENCRYPTED_COLUMNS } from '#app/keys/encrypted_columns'
import { apiCaller, apiCallerWith, PATIENTS, type ApiCaller } from '#tests/functional/api_caller'
import { aConsultation, patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { auditOf } from '#tests/functional/core/probe'
import { somePatient } from '#tests/functional/patients/some_patient'
import { someone } from '#tests/acting'

const REASON = { reason: 'Arrivée inconsciente aux urgences' }
const HOUR = 3_600_000

const breakGlass = (caller: ApiCaller, { uuid }: { uuid: string }, body: object = REASON) =>
  caller.post(`${PATIENTS}/${uuid}/emergency-access`, body)

test.group('An emergency access is refused', () => {
  test('to everybody who is no doctor', async ({ client, assert }) => {
    const patient = await somePatient()
    for (const role of ['nurse', 'lab', 'reception', 'patient', 'admin']) {
      const answer = await breakGlass(await apiCallerWith(client, role), patient)
      assert.deepEqual([answer.status(), answer.body().code], [403, 'forbidden'], role)
    }
  })

  test('without a reason', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const patient = await somePatient()
    for (const body of [{}, { reason: '' }, { reason: '   ' }, { reason: null }]) {
      const answer = await breakGlass(doctor, patient, body)
      assert.deepEqual([answer.status(), answer.body().errors[0].pointer], [422, '/reason'], JSON.stringify(body))
    }
  })

  test('for nobody’s chart', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    assert.equal((await breakGlass(doctor, { uuid: '01980a3e-5f00-7000-8000-0000000000ff' })).status(), 404)
  })

  test('to whom the chart is open: by assignment, by an emergency, or as the patient', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const [treated, opened, own] = [await patientOf(doctor.user), await somePatient(), await somePatient()]
    await db.from('patients').where('id', own.id).update({ user_id: doctor.user.id })
    assert.equal((await breakGlass(doctor, opened)).status(), 201)
    for (const patient of [treated, opened, own]) {
      const answer = await breakGlass(doctor, patient)
      assert.deepEqual([answer.status(), answer.body().code], [409, 'already_open'])
    }
  })

  test('but once of several at the same moment', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const patient = await somePatient()
    const answers = await Promise.all(Array.from({ length: 4 }, () => breakGlass(doctor, patient)))
    assert.deepEqual(answers.map((answer) => answer.status()).sort(), [201, 409, 409, 409])
  })
})

test.group('An emergency access', () => {
  test('opens the chart for four hours, to read and to write, and to nobody else', async ({ client, assert }) => {
    const [doctor, colleague] = [await apiCallerWith(client, 'doctor'), await apiCallerWith(client, 'doctor')]
    const author = await someone('doctor')
    const patient = await patientOf(author)
    const consultation = await someConsultation(author, patient)
    const open = (caller: ApiCaller) => caller.get(`/api/v1/consultations/${consultation.uuid}`)
    assert.equal((await open(doctor)).status(), 403)
    const made = await breakGlass(doctor, patient)
    assert.equal(made.status(), 201)
    assert.deepInclude(made.body().data, { patient_id: patient.uuid, ...REASON })
    assert.approximately(Date.parse(made.body().data.expires_at) - Date.now(), 4 * HOUR, 60_000)
    const opened = await open(doctor)
    assert.equal(opened.status(), 200)
    const [row] = await auditOf(opened.requestId)
    assert.equal(JSON.parse(row!.details).access, 'emergency')
    assert.equal((await doctor.post('/api/v1/consultations', aConsultation(patient))).status(), 201)
    assert.equal((await open(colleague)).status(), 403)
    try {
      moveClock(4 * HOUR - 60_000)
      assert.equal((await open(await apiCaller(client, doctor.user))).status(), 200)
      moveClock(4 * HOUR + 60_000)
      const later = await apiCaller(client, doctor.user)
      assert.equal((await open(later)).status(), 403)
      assert.equal((await later.post('/api/v1/consultations', aConsultation(patient))).status(), 403)
      assert.equal((await breakGlass(later, patient)).status(), 201)
    } finally {
      moveClock(0)
    }
  })

  test('is sealed, audited without its reason, and waits for a review', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const patient = await somePatient()
    const made = await breakGlass(doctor, patient)
    const { id } = made.body().data
    const row = await db.from('emergency_accesses').where('uuid', id).firstOrFail()
    assert.deepEqual(Object.keys(ENCRYPTED_COLUMNS.emergency_accesses), ['reason'])
    assert.notInclude(Buffer.from(row.reason).toString('latin1'), 'inconsciente')
    const [entry] = await auditOf(made.requestId)
    assert.deepInclude(entry, { action: 'charts.break_glass', entity_uuid: id, patient_uuid: patient.uuid })
    assert.notInclude(JSON.stringify(entry), 'inconsciente')
    const alert = await db.from('alerts').where('entity_uuid', id).firstOrFail()
    assert.deepInclude(alert, { kind: 'emergency_access', state: 'open', entity: 'emergency_access' })
    assert.deepEqual([Number(alert.user_id), Number(alert.patient_id)], [doctor.user.id, patient.id])
  })

  test('that is sent again with its key opens once and is told again', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const patient = await somePatient()
    const path = `${PATIENTS}/${patient.uuid}/emergency-access`
    const [first, again] = [
      await doctor.post(path, REASON, { 'Idempotency-Key': 'glass-1' }),
      await doctor.post(path, REASON, { 'Idempotency-Key': 'glass-1' }),
    ]
    assert.deepEqual([first.status(), again.status()], [201, 201])
    assert.deepEqual(again.body(), first.body())
  })
})
