import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { newUuid } from '#app/core/ids'
import LabResult from '#app/labs/lab_result'
import { enterLabResult } from '#app/labs/enter_lab_result'
import { callerOf, someone } from '#tests/acting'
import { apiCaller, apiCallerWith } from '#tests/functional/api_caller'
import { ageRow, patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { auditOf } from '#tests/functional/core/probe'
import { aResult, at, RESULTS, someResult, someValidated } from '#tests/functional/labs/some_result'
import { somePatient } from '#tests/functional/patients/some_patient'

const refusal = (answer: any) => [answer.status(), answer.body().code, answer.body().errors?.[0]?.pointer]
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()

test.group('A lab result is refused', () => {
  test('to everybody but the laboratory, and to the operator', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    assert.equal((await (await apiCaller(client, doctor)).post(RESULTS, aResult(patient))).status(), 403)
    for (const role of ['nurse', 'reception', 'admin', 'patient'])
      assert.equal((await (await apiCallerWith(client, role)).post(RESULTS, aResult(patient))).status(), 403, role)
    await assert.rejects(() => enterLabResult(callerOf(), aResult(patient)), /forbidden/)
  })

  test('to a laboratory that used to treat the patient and may read no chart any more', async ({ client, assert }) => {
    const user = await someone('doctor', 'lab')
    const patient = await patientOf(user)
    const path = at(await someResult(await someone('lab'), patient))
    const role = await db.from('roles').where('name', 'doctor').firstOrFail()
    await db.from('user_roles').where({ user_id: user.id, role_id: role.id }).delete()
    const lab = await apiCaller(client, user)
    assert.equal((await lab.get(path)).status(), 404)
    assert.equal((await lab.patch(path, { version: 1, flag: 'N' })).status(), 404)
    assert.equal((await lab.post(`${path}/validation`, { version: 1 })).status(), 404)
    assert.equal((await lab.post(`${path}/addenda`, { text: 'Hémolysé' })).status(), 404)
  })

  test('in the future, before the birth, or with a unit that measures nothing', async ({ client, assert }) => {
    const lab = await apiCallerWith(client, 'lab')
    const patient = await somePatient()
    const post = async (more: object) => refusal(await lab.post(RESULTS, aResult(patient, more)))
    assert.deepEqual(await post({ result_date: inMinutes(6) }), [422, 'result_in_future', '/result_date'])
    assert.deepEqual(await post({ result_date: '1988-04-01T10:00:00Z' }), [422, 'before_birth', '/result_date'])
    for (const value of [null, undefined])
      assert.deepEqual(await post({ value }), [422, 'unit_without_value', '/unit'], String(value))
    assert.equal((await lab.post(RESULTS, aResult(patient, { result_date: inMinutes(4) }))).status(), 201)
    assert.equal((await lab.post(RESULTS, aResult(patient, { value: '0.8', unit: null }))).status(), 201)
  })

  test('with a value that is no number, a unit that is none, or a status that it does not give', async ({
    client,
    assert,
  }) => {
    const lab = await apiCallerWith(client, 'lab')
    const patient = await somePatient()
    const wrong: [string, unknown][] = [
      ['value', '1,42'],
      ['value', 1.42],
      ['value', 'beaucoup'],
      ['unit', 'grammes par litre'],
      ['unit', 'µg/L'],
      ['flag', 'rouge'],
      ['status', 'final'],
      ['status', 'amended'],
      ['result', ' '],
      ['performed_by', newUuid()],
    ]
    for (const [field, value] of wrong) {
      const answer = await lab.post(RESULTS, aResult(patient, { [field]: value }))
      assert.deepEqual(refusal(answer), [422, 'invalid', `/${field}`], `${field} ${String(value)}`)
    }
  })

  test('in a retired record, with an id that is taken, or during somebody else’s consultation', async ({
    client,
    assert,
  }) => {
    const lab = await apiCallerWith(client, 'lab')
    const doctor = await someone('doctor')
    const [patient, other] = [await patientOf(doctor), await patientOf(doctor)]
    const { uuid } = await someResult(lab.user, patient)
    assert.deepEqual(refusal(await lab.post(RESULTS, aResult(patient, { id: uuid }))), [409, 'record_exists', '/id'])
    const theirs = await someConsultation(doctor, other)
    for (const consultation_id of [theirs.uuid, newUuid()]) {
      const strange = await lab.post(RESULTS, aResult(patient, { consultation_id }))
      assert.deepEqual(refusal(strange), [422, 'consultation_of_other_patient', '/consultation_id'])
    }
    const admin = await apiCallerWith(client, 'admin')
    await admin.delete(`/api/v1/patients/${patient.uuid}`, { version: 1 })
    assert.deepEqual(refusal(await lab.post(RESULTS, aResult(patient))), [422, 'patient_retired', '/patient_id'])
  })
})

test.group('What a laboratory entered', () => {
  test('is not there for another laboratory', async ({ client, assert }) => {
    const result = await someResult(await someone('lab'), await somePatient())
    const other = await apiCallerWith(client, 'lab')
    for (const answer of [
      await other.get(at(result)),
      await other.patch(at(result), { version: 1, flag: 'H' }),
      await other.post(`${at(result)}/validation`, { version: 1 }),
    ])
      assert.deepEqual(refusal(answer), [404, 'not_found', undefined])
  })

  test('is neither amended nor validated by who treats the patient', async ({ client, assert }) => {
    for (const role of ['doctor', 'nurse']) {
      const clinician = await apiCallerWith(client, role)
      const result = await someResult(await someone('lab'), await patientOf(clinician.user))
      assert.equal((await clinician.get(at(result))).status(), 200, role)
      assert.equal((await clinician.patch(at(result), { version: 1, flag: 'H' })).status(), 403, role)
      assert.equal((await clinician.post(`${at(result)}/validation`, { version: 1 })).status(), 403, role)
    }
  })

  test('is read and not amended by another laboratory whose own chart it is in', async ({ client, assert }) => {
    const other = await apiCallerWith(client, 'lab')
    const patient = await somePatient()
    await db.from('patients').where('id', patient.id).update({ user_id: other.user.id })
    const result = await someValidated(await someone('lab'), patient)
    assert.equal((await other.get(at(result))).status(), 200)
    assert.equal((await other.patch(at(result), { version: 2, flag: 'N' })).status(), 403)
  })

  test('is after a day no more corrected by somebody else who may', async ({ client, assert }) => {
    const both = await apiCallerWith(client, 'doctor', 'lab')
    const lab = await apiCallerWith(client, 'lab')
    const result = await someResult(lab.user, await patientOf(both.user))
    assert.equal((await both.patch(at(result), { version: 1, flag: 'H' })).status(), 200)
    await ageRow('lab_results', result.uuid, 25)
    const late = await both.patch(at(result), { version: 2, flag: 'N' })
    assert.deepEqual(refusal(late), [403, 'addendum_required', undefined])
    assert.equal((await lab.patch(at(result), { version: 2, flag: 'N' })).status(), 200)
  })

  test('is not amended on a stale version, nor into what it could not have been entered as', async ({
    client,
    assert,
  }) => {
    const lab = await apiCallerWith(client, 'lab')
    const result = await someResult(lab.user, await somePatient())
    const patch = async (changes: object) => refusal(await lab.patch(at(result), { version: 1, ...changes }))
    assert.deepEqual(await patch({ version: 3 }), [409, 'stale_version', undefined])
    assert.deepEqual(await patch({ result_date: inMinutes(6) }), [422, 'result_in_future', '/result_date'])
    assert.deepEqual(await patch({ result_date: '1988-04-01T10:00:00Z' }), [422, 'before_birth', '/result_date'])
    assert.deepEqual(await patch({ value: null }), [422, 'unit_without_value', '/unit'])
    for (const field of ['test_name', 'result', 'result_date', 'status'])
      assert.deepEqual(await patch({ [field]: null }), [422, 'invalid', `/${field}`])
    assert.equal((await lab.patch(at(result), { version: 1, value: null, unit: null })).status(), 200)
  })
})

test.group('A lab result', () => {
  test('is entered, validated and amended, and says by whom', async ({ client, assert }) => {
    const lab = await apiCallerWith(client, 'lab')
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const consultation = await someConsultation(doctor, patient)
    const made = await lab.post(RESULTS, aResult(patient, { status: 'registered', consultation_id: consultation.uuid }))
    assert.equal(made.status(), 201)
    const { id } = made.body().data
    const whose = { patient_id: patient.uuid, consultation_id: consultation.uuid, performed_by: lab.user.uuid }
    assert.deepInclude(made.body().data, { ...whose, status: 'registered', validated_at: null, validated_by: null })
    const amended = await lab.patch(`${RESULTS}/${id}`, { version: 1, status: 'preliminary' })
    assert.deepInclude(amended.body().data, { ...whose, status: 'preliminary', version: 2 })
    const validated = await lab.post(`${RESULTS}/${id}/validation`, { version: 2 })
    assert.deepInclude(validated.body().data, { ...whose, status: 'final', validated_by: lab.user.uuid, version: 3 })
    assert.isNotNull(validated.body().data.validated_at)
    const corrected = await lab.patch(`${RESULTS}/${id}`, { version: 3, result: '1,24 g/L', value: '1.24' })
    assert.deepInclude(corrected.body().data, { status: 'amended', value: '1.24', version: 4 })
    const { validated_at, validated_by } = corrected.body().data
    assert.deepInclude(validated.body().data, { validated_at, validated_by })
    const opened = await lab.get(`${RESULTS}/${id}`)
    assert.deepEqual(opened.body(), corrected.body())
    const kept = await db.from('record_versions').where('entity_uuid', id).orderBy('version')
    assert.deepEqual(
      kept.map(({ entity, version }) => [entity, version]),
      [1, 2, 3].map((version) => ['lab_result', version])
    )
    const [change] = await auditOf(validated.requestId)
    assert.deepInclude(change, { action: 'labs.validate', entity: 'lab_result', entity_uuid: id })
  })

  test('is validated once, and never preliminary again', async ({ client, assert }) => {
    const lab = await apiCallerWith(client, 'lab')
    const result = await someValidated(lab.user, await somePatient())
    const again = await lab.post(`${at(result)}/validation`, { version: 2 })
    assert.deepEqual(refusal(again), [409, 'already_validated', undefined])
    const back = await lab.patch(at(result), { version: 2, status: 'preliminary' })
    assert.deepEqual(refusal(back), [409, 'already_validated', undefined])
    const stale = await lab.post(`${at(result)}/validation`, { version: 1 })
    assert.deepEqual(refusal(stale), [409, 'stale_version', undefined])
    const same = { version: 2, value: '1.42', result_date: '2026-03-02T10:15:00Z' }
    const unchanged = await lab.patch(at(result), same)
    assert.deepInclude(unchanged.body().data, { status: 'final', version: 2 })
  })

  test('is there for its patient once it is validated, and still when it is amended', async ({ client, assert }) => {
    const lab = await apiCallerWith(client, 'lab')
    const own = await apiCallerWith(client, 'patient')
    const patient = await somePatient()
    await db.from('patients').where('id', patient.id).update({ user_id: own.user.id })
    const result = await someResult(lab.user, patient)
    assert.deepEqual(refusal(await own.get(at(result))), [404, 'not_found', undefined])
    await lab.post(`${at(result)}/validation`, { version: 1 })
    assert.equal((await own.get(at(result))).body().data.status, 'final')
    await lab.patch(at(result), { version: 2, flag: 'H' })
    assert.equal((await own.get(at(result))).body().data.status, 'amended')
  })

  test('is closed to whoever does not treat the patient, and reviewed when an administrator opens it', async ({
    client,
    assert,
  }) => {
    const result = await someValidated(await someone('lab'), await somePatient())
    for (const role of ['doctor', 'nurse', 'reception', 'patient'])
      assert.equal((await (await apiCallerWith(client, role)).get(at(result))).status(), 403, role)
    const admin = await apiCallerWith(client, 'admin')
    const answer = await admin.get(at(result))
    const [row] = await auditOf(answer.requestId)
    assert.deepEqual([answer.status(), row!.action, row!.entity_uuid], [200, 'admin_view', result.uuid])
    assert.equal((await admin.patch(at(result), { version: 2, flag: 'H' })).status(), 403)
  })

  test('that an import brought is corrected with the unit that its source wrote', async ({ client, assert }) => {
    const lab = await apiCallerWith(client, 'lab')
    const result = await someResult(lab.user, await somePatient())
    const row = await LabResult.named(LabResult.query()).where('uuid', result.uuid).firstOrFail()
    await row.merge({ value: null, unit: 'grammes par litre' }).save()
    const amended = await lab.patch(at(result), { version: 1, flag: 'H' })
    assert.deepInclude(amended.body().data, { flag: 'H', value: null, unit: 'grammes par litre' })
  })
})
