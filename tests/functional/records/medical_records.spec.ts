import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { newUuid } from '#app/core/ids'
import { addMedicalRecord } from '#app/records/add_medical_record'
import MedicalRecord from '#app/records/medical_record'
import { callerOf, someone } from '#tests/acting'
import { apiCaller, apiCallerWith } from '#tests/functional/api_caller'
import { ageRow, patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { auditOf } from '#tests/functional/core/probe'
import { somePatient } from '#tests/functional/patients/some_patient'
import { anAllergy, aNote, at, RECORDS, someRecord, someVitals } from '#tests/functional/records/some_record'

const refusal = (answer: any) => [answer.status(), answer.body().code, answer.body().errors?.[0]?.pointer]

test.group('A medical record is refused', () => {
  test('to whoever does not treat the patient, and to the operator', async ({ client, assert }) => {
    const patient = await somePatient()
    for (const role of ['doctor', 'nurse', 'lab', 'reception', 'admin', 'patient']) {
      const caller = await apiCallerWith(client, role)
      assert.equal((await caller.post(RECORDS, aNote(patient))).status(), 403, role)
    }
    await assert.rejects(() => addMedicalRecord(callerOf(), aNote(patient)), /forbidden/)
  })

  test('of another type than vital signs and notes to a nurse', async ({ client, assert }) => {
    const nurse = await apiCallerWith(client, 'nurse')
    const patient = await patientOf(nurse.user)
    for (const type of ['allergy', 'condition', 'history', 'vaccination', 'procedure'])
      assert.equal((await nurse.post(RECORDS, aNote(patient, { type }))).status(), 403, type)
    assert.equal((await nurse.post(RECORDS, aNote(patient))).status(), 201)
    assert.equal((await nurse.post(RECORDS, someVitals(patient))).status(), 201)
  })

  test('before the birth, in the future, or when it ends before it begins', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const patient = await patientOf(doctor.user)
    const post = async (dates: object) => refusal(await doctor.post(RECORDS, aNote(patient, dates)))
    assert.deepEqual(await post({ occurred_at: '1988-04-01T10:00:00Z' }), [422, 'before_birth', '/occurred_at'])
    assert.deepEqual(await post({ ended_at: '1988-04-01T10:00:00Z' }), [422, 'before_birth', '/ended_at'])
    assert.deepEqual(await post({ occurred_at: '2199-01-01T10:00:00Z' }), [422, 'invalid', '/occurred_at'])
    assert.deepEqual(await post({ ended_at: '2199-01-01T10:00:00Z' }), [422, 'invalid', '/ended_at'])
    const backwards = { occurred_at: '2026-03-02T10:00:00Z', ended_at: '2026-03-02T09:59:59Z' }
    assert.deepEqual(await post(backwards), [422, 'ends_before_it_begins', '/ended_at'])
  })

  test('in a retired record, with an id that is taken, or during somebody else’s consultation', async ({
    client,
    assert,
  }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const [patient, other] = [await patientOf(doctor.user), await patientOf(doctor.user)]
    const { uuid } = await someRecord(doctor.user, aNote(patient))
    const taken = await doctor.post(RECORDS, aNote(patient, { id: uuid }))
    assert.deepEqual(refusal(taken), [409, 'record_exists', '/id'])
    const theirs = await someConsultation(doctor.user, other)
    for (const consultation_id of [theirs.uuid, newUuid()]) {
      const strange = await doctor.post(RECORDS, aNote(patient, { consultation_id }))
      assert.deepEqual(refusal(strange), [422, 'consultation_of_other_patient', '/consultation_id'])
    }
    const admin = await apiCallerWith(client, 'admin')
    await admin.delete(`/api/v1/patients/${patient.uuid}`, { version: 1 })
    const late = await doctor.post(RECORDS, aNote(patient))
    assert.deepEqual(refusal(late), [422, 'patient_retired', '/patient_id'])
  })
})

test.group('The content of a medical record is refused', () => {
  test('by the name of the member that its type does not take', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const patient = await patientOf(doctor.user)
    const post = async (input: object) => refusal(await doctor.post(RECORDS, input))
    const dosed = { severity: 'mild', reactions: [], dose_number: 1 }
    assert.deepEqual(await post(anAllergy(patient, { content: dosed })), [
      422,
      'content_of_other_type',
      '/content/dose_number',
    ])
    for (const type of ['condition', 'history', 'procedure', 'note'])
      for (const content of [{}, { site: 'bras' }])
        assert.deepEqual(await post(aNote(patient, { type, content })), [422, 'content_of_other_type', '/content'])
    const strange = await post(anAllergy(patient, { content: { severity: 'mild', reactions: [], value: 3 } }))
    assert.deepEqual(strange, [422, 'invalid', '/content/value'])
  })

  test('where something that its type needs is missing or no such thing', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const patient = await patientOf(doctor.user)
    const measured = (measurement: object) => ({
      measurements: [{ name: 'Poids', value: 71, unit: 'kg', ...measurement }],
    })
    const cases: [string, unknown, string][] = [
      ['allergy', { reactions: [] }, '/content/severity'],
      ['allergy', { severity: 'awful', reactions: [] }, '/content/severity'],
      ['allergy', { severity: 'mild', reactions: ['a\nb'] }, '/content/reactions/0'],
      ['allergy', { severity: 'mild', reactions: [], category: 'weather' }, '/content/category'],
      ['vaccination', { lot_number: 'A1' }, '/content/dose_number'],
      ['vaccination', { lot_number: 'A1', dose_number: 0 }, '/content/dose_number'],
      ['vaccination', { lot_number: 'A1', dose_number: 1.5 }, '/content/dose_number'],
      ['vital_signs', undefined, '/content'],
      ['vital_signs', null, '/content'],
      ['vital_signs', {}, '/content/measurements'],
      ['vital_signs', { measurements: [] }, '/content/measurements'],
      ['vital_signs', measured({ value: '71' }), '/content/measurements/0/value'],
      ['vital_signs', measured({ value: 1e12 }), '/content/measurements/0/value'],
      ['vital_signs', measured({ unit: 'kilo grammes' }), '/content/measurements/0/unit'],
      ['vital_signs', measured({ weight: 1 }), '/content/measurements/0/weight'],
    ]
    for (const [type, content, pointer] of cases) {
      const answer = await doctor.post(RECORDS, aNote(patient, { type, content }))
      assert.deepEqual(refusal(answer), [422, 'invalid', pointer], JSON.stringify([type, content]))
    }
  })
})

test.group('An amendment of a medical record is refused', () => {
  test('after a day to anybody but the author', async ({ client, assert }) => {
    const [author, colleague] = [await apiCallerWith(client, 'doctor'), await apiCallerWith(client, 'nurse')]
    const record = await someRecord(author.user, aNote(await patientOf(author.user, colleague.user)))
    assert.equal((await colleague.patch(at(record), { version: 1, description: 'Revu' })).status(), 200)
    await ageRow('medical_records', record.uuid, 25)
    const late = await colleague.patch(at(record), { version: 2, description: 'Revu encore' })
    assert.deepEqual(refusal(late), [403, 'addendum_required', undefined])
    assert.equal((await author.patch(at(record), { version: 2, description: 'Revu encore' })).status(), 200)
  })

  test('of an allergy to a nurse, of a stale version, of the type, and of dates that contradict', async ({
    client,
    assert,
  }) => {
    const [doctor, nurse] = [await apiCallerWith(client, 'doctor'), await apiCallerWith(client, 'nurse')]
    const patient = await patientOf(doctor.user, nurse.user)
    const allergy = await someRecord(doctor.user, anAllergy(patient, { occurred_at: '2020-05-01T00:00:00Z' }))
    assert.equal((await nurse.patch(at(allergy), { version: 1, status: 'resolved' })).status(), 403)
    const patch = async (changes: object) => refusal(await doctor.patch(at(allergy), { version: 1, ...changes }))
    assert.deepEqual(await patch({ version: 7 }), [409, 'stale_version', undefined])
    assert.deepEqual(await patch({ type: 'note' }), [422, 'invalid', '/type'])
    assert.deepEqual(await patch({ description: null }), [422, 'invalid', '/description'])
    assert.deepEqual(await patch({ ended_at: '2020-04-30T00:00:00Z' }), [422, 'ends_before_it_begins', '/ended_at'])
    assert.deepEqual(await patch({ occurred_at: '1950-01-01T00:00:00Z' }), [422, 'before_birth', '/occurred_at'])
    const dosed = { lot_number: 'A1', dose_number: 1 }
    assert.deepEqual(await patch({ content: dosed }), [422, 'content_of_other_type', '/content/lot_number'])
    const vitals = await someRecord(doctor.user, someVitals(patient))
    const emptied = await doctor.patch(at(vitals), { version: 1, content: null })
    assert.deepEqual(refusal(emptied), [422, 'invalid', '/content'])
    assert.equal((await doctor.patch(at(vitals), { version: 1, description: 'Debout' })).status(), 200)
  })
})

test.group('A medical record', () => {
  test('is added, opened and amended, and says who wrote it', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const patient = await patientOf(doctor.user)
    const consultation = await someConsultation(doctor.user, patient)
    const made = await doctor.post(RECORDS, anAllergy(patient, { consultation_id: consultation.uuid }))
    assert.equal(made.status(), 201)
    const { id, created_at } = made.body().data
    assert.equal(made.header('location'), `${RECORDS}/${id}`)
    assert.deepInclude(made.body().data, {
      patient_id: patient.uuid,
      doctor_id: doctor.user.uuid,
      consultation_id: consultation.uuid,
      status: 'active',
      content: { severity: 'severe', reactions: ['urticaire', 'œdème'], category: 'medication' },
    })
    const milder = { severity: 'mild', reactions: [] }
    const amended = await doctor.patch(`${RECORDS}/${id}`, { version: 1, status: 'entered_in_error', content: milder })
    assert.deepInclude(amended.body().data, {
      status: 'entered_in_error',
      content: milder,
      version: 2,
      description: 'Allergie à la pénicilline',
      created_at,
    })
    const opened = await doctor.get(`${RECORDS}/${id}`)
    assert.deepEqual(opened.body(), amended.body())
    assert.equal((await doctor.get(`${RECORDS}/${id}`, { 'If-None-Match': '"2"' })).status(), 304)
    const kept = await db.from('record_versions').where('entity_uuid', id)
    assert.deepEqual(
      kept.map(({ entity, version, user_id }) => [entity, version, Number(user_id)]),
      [['medical_record', 1, doctor.user.id]]
    )
    const [change] = await auditOf(amended.requestId)
    assert.deepInclude(change, { action: 'records.amend', entity: 'medical_record', entity_uuid: id })
    assert.sameMembers(JSON.parse(change!.details).fields, ['status', 'content'])
  })

  test('counts from when it happened, else from when it was written down', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const record = await someRecord(doctor.user, aNote(await patientOf(doctor.user)))
    const patch = async (version: number, occurred_at: string | null) =>
      (await doctor.patch(at(record), { version, occurred_at })).body().data
    const dated = await patch(1, '2020-01-01T08:00:00+02:00')
    assert.equal(dated.timeline_at, '2020-01-01T06:00:00.000Z')
    const undated = await patch(2, null)
    assert.deepEqual([undated.occurred_at, undated.timeline_at], [null, undated.created_at])
  })

  test('that an import brought keeps the content that its source gave it', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const record = await someRecord(doctor.user, anAllergy(await patientOf(doctor.user)))
    const row = await MedicalRecord.named(MedicalRecord.query()).where('uuid', record.uuid).firstOrFail()
    await row.merge({ content: JSON.stringify({ value: 3, unit: 'croix' }) }).save()
    const amended = await doctor.patch(at(record), { version: 1, description: 'Allergie confirmée' })
    assert.equal(amended.status(), 200)
    assert.deepEqual(amended.body().data.content, { value: 3, unit: 'croix' })
  })

  test('is the patient’s to read, and of nobody else who does not treat', async ({ client, assert }) => {
    const author = await someone('doctor')
    const patient = await patientOf(author)
    const record = await someRecord(author, aNote(patient))
    const own = await someone('patient')
    await db.from('patients').where('id', patient.id).update({ user_id: own.id })
    const chart = `/api/v1/patients/${patient.uuid}/medical-records`
    for (const path of [at(record), chart]) {
      assert.equal((await (await apiCaller(client, own)).get(path)).status(), 200)
      for (const role of ['patient', 'reception', 'lab', 'doctor', 'nurse'])
        assert.equal((await (await apiCallerWith(client, role)).get(path)).status(), 403, role)
    }
    assert.equal((await (await apiCaller(client, own)).patch(at(record), { version: 1, code: 'x' })).status(), 403)
  })

  test('that an administrator opens or lists is audited as such', async ({ client, assert }) => {
    const author = await someone('doctor')
    const patient = await patientOf(author)
    const record = await someRecord(author, aNote(patient))
    const admin = await apiCallerWith(client, 'admin')
    for (const path of [at(record), `/api/v1/patients/${patient.uuid}/medical-records`]) {
      const answer = await admin.get(path)
      const [row] = await auditOf(answer.requestId)
      assert.deepEqual([answer.status(), row!.action, row!.patient_uuid], [200, 'admin_view', patient.uuid])
    }
    assert.equal((await admin.patch(at(record), { version: 1, code: 'x' })).status(), 403)
  })
})
